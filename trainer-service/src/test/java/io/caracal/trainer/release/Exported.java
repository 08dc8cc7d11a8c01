package io.caracal.trainer.release;

import ai.djl.ndarray.NDManager;
import io.caracal.contracts.ModelCard;
import io.caracal.datasets.drawn.DrawnImages;
import io.caracal.imaging.Decoded;
import io.caracal.imaging.Filter;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Pixels;
import io.caracal.trainer.tensor.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Random weights of an architecture, exported and compared on drawn images.
final class Exported {
    private static final int BATCH = 20;

    private final Path folder;
    private final int images;
    private final List<byte[]> jpegs;
    private final Map<Integer, ByteBuffer> drawn = new HashMap<>();

    /// @param folder for the exported file
    /// @param images how many are compared
    Exported(Path folder, int images) {
        this.folder = folder;
        this.images = images;
        DrawnImages drawing = new DrawnImages(7);
        jpegs = IntStream.range(0, images).mapToObj(drawing::jpeg).toList();
    }

    /// Of ONNX Runtime to the engine, with 3 classes.
    Parity parity(Architecture architecture, Export export) throws IOException, InterruptedException {
        try (Compute compute = Compute.open(Device.CPU, 0);
                Network network = Network.create(architecture, 3, compute, 1)) {
            unsettle(network);
            Path file =
                    Files.write(folder.resolve("exported.onnx"), OnnxExport.write(network, card(architecture), export));
            try (Classifier classifier = Classifier.open(file, Device.CPU)) {
                return ParityGate.compare(
                        Candidate.of(network, export), classifier, source(architecture.imageSize()), () -> false);
            }
        }
    }

    /// Takes a network away from its start: what is zero would hide all that it is multiplied with, and running
    /// statistics of 0 and 1 would look right if they were left out.
    private void unsettle(Network network) throws IOException {
        Random random = new Random(5);
        for (Weight weight : network.weights().values()) {
            float[] values = weight.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == 0 ? (float) random.nextGaussian(0, .1) : values[i];
            }
            weight.set(values);
        }
        if (network.weights().values().stream().noneMatch(Weight::isStatistic)) {
            return;
        }
        try (Gradients _ = Gradients.off();
                NDManager scope = network.compute().newScope()) {
            int count = Math.min(BATCH, images);
            network.forward(scope, new Pixels(pixels(network.architecture().imageSize(), 0, count), count), true);
        }
    }

    /// The drawn images in order.
    private BatchSource source(int size) throws IOException {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < images; from += BATCH) {
            int count = Math.min(BATCH, images - from);
            batches.add(new Drawn(pixels(size, from, count), count));
        }
        return new BatchSource() {
            @Override
            public Batches epoch(int epoch, int from) {
                return new Pass(batches.iterator());
            }

            @Override
            public int images() {
                return images;
            }

            @Override
            public int steps() {
                return batches.size();
            }
        };
    }

    private record Drawn(ByteBuffer pixels, int size) implements Batch {
        @Override
        public int[] labels() {
            return new int[size];
        }

        @Override
        public void close() {}
    }

    private record Pass(Iterator<Batch> left) implements Batches {
        @Override
        public Optional<Batch> next() {
            return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        }

        @Override
        public int images() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private ByteBuffer pixels(int size, int from, int count) throws IOException {
        if (!drawn.containsKey(size)) {
            drawn.put(size, draw(size));
        }
        int each = size * size * 3;
        return drawn.get(size).slice(from * each, count * each);
    }

    private ByteBuffer draw(int size) throws IOException {
        Preprocessing squash = Preprocessing.squash(size, size, Filter.ANTIALIAS);
        ByteBuffer all = ByteBuffer.allocateDirect(images * squash.pixelBytes());
        try (ImageDecoder decoder = new ImageDecoder(Limits.DEFAULTS, squash)) {
            for (int i = 0; i < images; i++) {
                ByteBuffer one = all.slice(i * squash.pixelBytes(), squash.pixelBytes());
                if (!(decoder.decode(jpegs.get(i), one) instanceof Decoded.Done)) {
                    throw new IOException("drawn image " + i + " was not decoded");
                }
            }
        }
        return all;
    }

    private static ModelCard card(Architecture architecture) {
        int size = architecture.imageSize();
        return new ModelCard(
                "exported",
                "1",
                List.of("a", "b", "c"),
                ModelCard.Input.pixels(OnnxExport.INPUT, size, size),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                Map.of());
    }
}

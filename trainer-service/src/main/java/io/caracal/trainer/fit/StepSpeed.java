package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Eager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/// Measures training steps on random images and prints one line of JSON.
///
/// Arguments: `PRESET BATCH THREADS STEPS [nchw] [OPTION=VALUE ...]`, options as in `describe`. With `nchw` the
/// step gets floats `[N, 3, H, W]` that are contiguous in that order, as most training code hands them over, instead
/// of this project's pixels.
public final class StepSpeed {
    private static final int WARM_UP = 5;

    private StepSpeed() {}

    public static void main(String[] arguments) throws IOException {
        String preset = arguments[0];
        int batch = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        int steps = Integer.parseInt(arguments[3]);
        boolean nchw = arguments.length > 4 && arguments[4].equals("nchw");
        Architecture architecture = new Presets().named(preset, FlatMemory.options(arguments, nchw ? 5 : 4));
        try (Compute compute = Compute.open(Device.AUTO, threads);
                Network network = Network.create(architecture, 2, compute, 1);
                Learning learning = Learning.of(architecture.recipe(), network)) {
            Drawn images = Drawn.of(batch, architecture.imageSize());
            Step step = new Step(learning, Objective.LABELS, architecture.recipe(), steps);
            double[] seconds = new double[steps];
            for (int i = -WARM_UP; i < steps; i++) {
                long start = System.nanoTime();
                if (nchw) {
                    plain(learning, images);
                } else {
                    step.train(images, i);
                }
                if (i >= 0) {
                    seconds[i] = (System.nanoTime() - start) / 1e9;
                }
            }
            Arrays.sort(seconds);
            System.out.printf(
                    Locale.ROOT,
                    "{\"model\": \"%s\", \"parameters\": %d, \"batch\": %d, \"threads\": %d, \"nhwc\": %b, "
                            + "\"images_s\": %.1f, \"best_images_s\": %.1f, \"peak_rss_mb\": %d}%n",
                    preset,
                    network.parameters(),
                    batch,
                    threads,
                    !nchw,
                    batch / seconds[steps / 2],
                    batch / seconds[0],
                    peakMegabytes());
        }
    }

    private static void plain(Learning learning, Drawn images) {
        Network network = learning.network();
        try (NDManager scope = network.compute().newScope();
                GradientCollector collector = network.compute().newGradientCollector()) {
            NDArray floats = scope.create(images.floats(), images.shape(), DataType.FLOAT32);
            NDArray logits = ((Eager) network.forward(network.tensor(floats, true))).array();
            float[] targets = Targets.of(images.labels(), network.classes(), 1, 0);
            collector.backward(CrossEntropy.mean(logits, CrossEntropy.weights(scope, targets, network.classes())));
            learning.optimizer().step(network.architecture().recipe().learningRate(), 1);
            logits.toFloatArray();
        }
    }

    private static long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /// Random images.
    record Drawn(ByteBuffer pixels, ByteBuffer floats, Shape shape, int[] labels) implements Batch {

        static Drawn of(int count, int size) {
            Random random = new Random(1);
            ByteBuffer pixels = ByteBuffer.allocateDirect(count * size * size * 3);
            ByteBuffer floats =
                    ByteBuffer.allocateDirect(pixels.capacity() * Float.BYTES).order(ByteOrder.nativeOrder());
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) random.nextInt(256));
                floats.putFloat(i * Float.BYTES, random.nextFloat());
            }
            int[] labels = random.ints(count, 0, 2).toArray();
            return new Drawn(pixels, floats, new Shape(count, 3, size, size), labels);
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public void close() {}
    }
}

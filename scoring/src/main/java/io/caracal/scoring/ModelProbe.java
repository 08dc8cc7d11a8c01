package io.caracal.scoring;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caracal.contracts.ModelCard;
import io.caracal.imaging.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A model file that also shows values from inside: the file that is served, with outputs added to its graph. Runs on
/// the CPU, one call at a time. Owns the ONNX Runtime session.
public final class ModelProbe implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelCard card;
    private final ModelInput input;
    private final BatchSizes sizes;
    private final List<String> taps;

    private ModelProbe(OrtEnvironment environment, OrtSession session, ModelCard card, List<String> taps) {
        this.environment = environment;
        this.session = session;
        this.card = card;
        this.input = ModelInput.of(card.input());
        this.sizes = BatchSizes.of(card.input(), Device.CPU);
        this.taps = List.copyOf(taps);
    }

    /// @param appendix bytes that, put behind those of the file, add the outputs
    /// @param taps names of the added outputs
    /// @param threads that share one run
    /// @throws ModelException if the file cannot be served: what is missing or wrong, in one line
    public static ModelProbe open(Path file, byte[] appendix, List<String> taps, int threads) throws IOException {
        OrtEnvironment environment = OnnxRuntime.environment();
        Sessions sessions = new Sessions(environment, new ClassifierOptions(Device.CPU, threads));
        try {
            Path folder = file.toAbsolutePath().getParent();
            return describe(environment, sessions.open(extended(file, appendix), folder), file, taps);
        } catch (OrtException e) {
            throw new ModelException("model file " + file + " cannot be opened: " + OneLine.of(e), e);
        } catch (ModelException e) {
            throw new ModelException("model file " + file + ": " + e.getMessage(), e);
        }
    }

    private static ModelProbe describe(OrtEnvironment environment, OrtSession session, Path file, List<String> taps)
            throws OrtException {
        boolean done = false;
        try {
            GraphShape graph = GraphShape.of(session).without(new HashSet<>(taps));
            ModelProbe probe = new ModelProbe(environment, session, Classifier.card(session, file, graph), taps);
            done = true;
            return probe;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    private static ByteBuffer extended(Path file, byte[] appendix) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer model = ByteBuffer.allocateDirect(Math.toIntExact(channel.size() + appendix.length));
            model.limit(Math.toIntExact(channel.size()));
            int read = 0;
            while (read >= 0 && model.hasRemaining()) {
                read = channel.read(model);
            }
            return model.limit(model.capacity()).put(appendix).flip();
        }
    }

    public ModelCard card() {
        return card;
    }

    /// How an image must be decoded for this model.
    public Preprocessing preprocessing() {
        return Decoding.of(card);
    }

    /// How many images of `wanted` may be given at once.
    public int batch(int wanted) {
        return Math.min(wanted, sizes.next(wanted));
    }

    /// Scores alone, of any number of images.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB from its position, which
    ///     is not moved
    /// @throws ModelException if the run fails
    public Scores score(ByteBuffer pixels, int count) {
        int imageBytes = preprocessing().pixelBytes();
        float[][] rows = new float[count][];
        for (int done = 0; done < count; ) {
            int images = batch(count - done);
            ByteBuffer part = pixels.slice(pixels.position() + done * imageBytes, images * imageBytes);
            float[][] logits = run(part, images, Set.of()).scores().logits();
            System.arraycopy(logits, 0, rows, done, images);
            done += images;
        }
        return Scores.ofLogits(rows);
    }

    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB from its position, which
    ///     is not moved
    /// @param count at most what [#batch] allows
    /// @throws ModelException if the run fails
    public InnerValues run(ByteBuffer pixels, int count) {
        return run(pixels, count, taps);
    }

    private InnerValues run(ByteBuffer pixels, int count, Collection<String> outputs) {
        ByteBuffer images =
                pixels.slice(pixels.position(), count * preprocessing().pixelBytes());
        int size = sizes.next(count);
        if (count > size) {
            throw new IllegalArgumentException(count + " images, the model takes " + size + " at once");
        }
        try {
            return input.with(environment, images, size, tensor -> read(tensor, count, size, outputs));
        } catch (OrtException e) {
            throw new ModelException("model " + card.name() + " failed to run: " + OneLine.of(e), e);
        }
    }

    private InnerValues read(OnnxTensor tensor, int count, int size, Collection<String> outputs) throws OrtException {
        Set<String> wanted = new HashSet<>(outputs);
        wanted.add(card.output().name());
        try (OrtSession.Result result = session.run(Map.of(card.input().name(), tensor), wanted)) {
            Map<String, InnerValues.Values> values = new HashMap<>();
            for (Map.Entry<String, OnnxValue> entry : result) {
                values.put(entry.getKey(), values(entry.getKey(), entry.getValue()));
            }
            float[] flat = values.get(card.output().name()).values();
            int classes = card.labels().size();
            float[][] rows = new float[count][];
            for (int i = 0; i < count; i++) {
                rows[i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
            }
            return new InnerValues(Classifier.scores(rows, card), size, values);
        }
    }

    private static InnerValues.Values values(String name, OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor) || tensor.getInfo().type != OnnxJavaType.FLOAT) {
            throw new ModelException("the graph's value '" + name + "' is no tensor of floats");
        }
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return new InnerValues.Values(tensor.getInfo().getShape(), values);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ModelException("model " + card.name() + " cannot be closed: " + OneLine.of(e), e);
        }
    }
}

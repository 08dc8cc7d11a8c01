package io.caracal.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caracal.contracts.ModelCard;
import io.caracal.imaging.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// An ONNX file and its card, ready to score. Owns the ONNX Runtime session. Safe for concurrent calls of [#score].
public final class Classifier implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelCard card;
    private final Placement placement;
    private final Preprocessing preprocessing;
    private final ModelInput input;
    private final BatchSizes sizes;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    /// CUDA runs are given one after the other: two at once share one device and its memory anyway.
    private final ReentrantLock device = new ReentrantLock();
    private boolean closed;

    private Classifier(OrtEnvironment environment, Sessions.Opened opened, ModelCard card) {
        this.environment = environment;
        this.session = opened.session();
        this.placement = opened.placement();
        this.card = card;
        this.preprocessing = Decoding.of(card);
        this.input = ModelInput.of(card.input());
        this.sizes = BatchSizes.of(card.input(), placement.device());
    }

    /// Opens a file that carries its card, or a foreign one with `NAME.card.yaml` or `NAME.card.json` beside it, with
    /// one thread per run.
    ///
    /// @throws ModelException if the file cannot be served: what is missing or wrong, in one line
    public static Classifier open(Path file, Device device) {
        return open(file, ClassifierOptions.on(device));
    }

    /// Opens a file that carries its card, or a foreign one with `NAME.card.yaml` or `NAME.card.json` beside it.
    ///
    /// @throws ModelException if the file cannot be served: what is missing or wrong, in one line
    public static Classifier open(Path file, ClassifierOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("model file " + file + " does not exist");
        }
        OrtEnvironment environment = OnnxRuntime.environment();
        try {
            return describe(environment, new Sessions(environment, options).open(file), file);
        } catch (OrtException e) {
            throw new ModelException("model file " + file + " cannot be opened: " + OneLine.of(e), e);
        } catch (ModelException e) {
            throw new ModelException("model file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Classifier describe(OrtEnvironment environment, Sessions.Opened opened, Path file)
            throws OrtException {
        boolean done = false;
        try {
            ModelCard card = card(opened.session(), file, GraphShape.of(opened.session()));
            Classifier classifier = new Classifier(environment, opened, card);
            TrialRun.of(classifier);
            done = true;
            return classifier;
        } finally {
            if (!done) {
                opened.session().close();
            }
        }
    }

    /// The card inside the file or beside it, held against the graph.
    static ModelCard card(OrtSession session, Path file, GraphShape graph) throws OrtException {
        Optional<String> embedded =
                Optional.ofNullable(session.getMetadata().getCustomMetadata().get(ModelCard.METADATA_KEY));
        return CardSource.find(file, embedded)
                .map(found -> CardCheck.complete(found, graph))
                .orElseThrow(() -> new ModelException("it carries no card (metadata property " + ModelCard.METADATA_KEY
                        + ") and there is no " + CardSource.expected(file) + " beside it"));
    }

    public ModelCard card() {
        return card;
    }

    /// Where it runs, and why there.
    public Placement placement() {
        return placement;
    }

    /// How an image must be decoded for this model.
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /// Scores `count` images, in as many runs as the graph's batch size needs.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other from its
    ///     position, which is not moved
    /// @return of each image, [finite][Scores#isFinite] or not
    /// @throws ModelException if the run fails
    /// @throws IllegalStateException if closed
    public Scores score(ByteBuffer pixels, int count) {
        return scores(output(card.output().name(), pixels, count), card);
    }

    /// One of the graph's outputs for `count` images; [#score] asks for that of the card only.
    ///
    /// @param name of an output whose first dimension is the batch
    /// @param pixels as of [#score]
    /// @return of each image all its numbers, row-major
    /// @throws ModelException if the run fails, or there is no such output
    /// @throws IllegalStateException if closed
    public float[][] output(String name, ByteBuffer pixels, int count) {
        int imageBytes = preprocessing.pixelBytes();
        if (count < 1 || pixels.remaining() < (long) count * imageBytes) {
            throw new IllegalArgumentException(count + " images of " + imageBytes
                    + " bytes are announced, the buffer has " + pixels.remaining() + " bytes");
        }
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the classifier of model " + card.name() + " is closed");
            }
            float[][] rows = new float[count][];
            for (int done = 0; done < count; ) {
                int size = sizes.next(count - done);
                int images = Math.min(size, count - done);
                ByteBuffer slice = pixels.slice(pixels.position() + done * imageBytes, images * imageBytes);
                run(name, slice, size, rows, done, images);
                done += images;
            }
            return rows;
        } catch (OrtException e) {
            throw new ModelException("model " + card.name() + " failed to run: " + OneLine.of(e), e);
        } finally {
            life.readLock().unlock();
        }
    }

    private void run(String output, ByteBuffer pixels, int size, float[][] rows, int from, int images)
            throws OrtException {
        boolean alone = placement.device() == Device.CUDA;
        if (alone) {
            device.lock();
        }
        try {
            input.with(environment, pixels, size, tensor -> {
                read(output, tensor, size, rows, from, images);
                return null;
            });
        } finally {
            if (alone) {
                device.unlock();
            }
        }
    }

    private void read(String output, OnnxTensor tensor, int size, float[][] rows, int from, int images)
            throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(card.input().name(), tensor), Set.of(output))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            int classes = card.labels().size();
            boolean scores = output.equals(card.output().name());
            int each = scores ? classes : values.remaining() / size;
            if (scores && values.remaining() < images * classes) {
                throw new ModelException("model " + card.name() + " gave " + values.remaining() + " values for "
                        + images + " images of " + classes + " labels");
            }
            for (int i = 0; i < images; i++) {
                rows[from + i] = new float[each];
                values.get(rows[from + i]);
            }
        }
    }

    /// @param rows `[N, classes]` as the graph gave them
    static Scores scores(float[][] rows, ModelCard card) {
        float[][] other = new float[rows.length][];
        boolean logits =
                switch (card.output().kind()) {
                    case LOGITS -> true;
                    case PROBABILITIES -> false;
                };
        for (int i = 0; i < rows.length; i++) {
            other[i] = logits ? Softmax.probabilities(rows[i]) : Softmax.logits(rows[i]);
        }
        return logits ? new Scores(rows, other) : new Scores(other, rows);
    }

    /// The batch sizes that [TrialRun] runs.
    BatchSizes sizes() {
        return sizes;
    }

    /// Waits for running calls, then frees the session. Further calls do nothing.
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new ModelException("model " + card.name() + " cannot be closed: " + OneLine.of(e), e);
        } finally {
            life.writeLock().unlock();
        }
    }
}

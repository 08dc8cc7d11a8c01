package io.caracal.trainer.embed;

import io.caracal.contracts.ModelCard;
import io.caracal.imaging.Preprocessing;
import io.caracal.onnx.Outline;
import io.caracal.onnx.Taps;
import io.caracal.scoring.InnerValues;
import io.caracal.scoring.ModelException;
import io.caracal.scoring.ModelProbe;
import io.caracal.trainer.look.Head;
import io.caracal.trainer.look.Onlooker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model file that gives what it computes before its last linear layer. Owns its session; for one thread.
public final class FeatureProbe implements AutoCloseable {
    private final ModelProbe probe;
    private final String features;

    private FeatureProbe(ModelProbe probe, String features) {
        this.probe = probe;
        this.features = features;
    }

    /// @param threads that share one run
    /// @throws ModelException if the file cannot be served or does not end in a linear layer, in one line
    public static FeatureProbe open(Path file, int threads) throws IOException {
        Outline outline = Onlooker.outline(file);
        Map<String, Head> heads = new LinkedHashMap<>(); // by output: the card says which is served
        for (String output : outline.outputs()) {
            Head.of(outline, output).ifPresent(head -> heads.put(output, head));
        }
        List<String> edges =
                heads.values().stream().map(Head::features).distinct().toList();
        List<String> taps = edges.stream().map(Taps::output).toList();
        ModelProbe probe = ModelProbe.open(file, Taps.appendix(edges), taps, threads);
        Head head = heads.get(probe.card().output().name());
        if (head == null) {
            probe.close();
            throw new ModelException("model file " + file + ": its output '"
                    + probe.card().output().name()
                    + "' does not come from a linear layer, so there is nothing before it");
        }
        return new FeatureProbe(probe, Taps.output(head.features()));
    }

    public ModelCard card() {
        return probe.card();
    }

    /// How an image must be decoded for this model.
    public Preprocessing preprocessing() {
        return probe.preprocessing();
    }

    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB from its position, which is not moved
    /// @return `[count][width]`
    /// @throws ModelException if the run fails, or the features of an image are not one row of finite numbers
    public float[][] features(ByteBuffer pixels, int count) {
        int imageBytes = preprocessing().pixelBytes();
        float[][] rows = new float[count][];
        for (int done = 0; done < count; ) {
            int images = probe.batch(count - done);
            ByteBuffer part = pixels.slice(pixels.position() + done * imageBytes, images * imageBytes);
            InnerValues inner = probe.run(part, images);
            for (int i = 0; i < images; i++) {
                rows[done + i] = row(inner, i);
            }
            done += images;
        }
        return rows;
    }

    private float[] row(InnerValues inner, int image) {
        InnerValues.Values values = inner.of(features);
        int width = values.values().length / inner.batch();
        float[] row = Arrays.copyOfRange(values.values(), image * width, (image + 1) * width);
        for (float value : row) {
            if (!Float.isFinite(value)) {
                throw new ModelException("model " + card().name() + " gives features that are not finite");
            }
        }
        return row;
    }

    @Override
    public void close() {
        probe.close();
    }
}

package io.caracal.trainer.look;

import io.caracal.onnx.Outline;
import io.caracal.onnx.Taps;
import io.caracal.scoring.InnerValues;
import java.util.List;
import java.util.Optional;

/// Class activation map (Zhou et al. 2016) of a network that ends in a mean over places and one linear layer: what each
/// place adds to a class's logit. Grad-CAM (Selvaraju et al. 2017) of the last maps is, for such networks, the same up
/// to a factor, and needs gradients for it.
final class ClassActivation {
    private final Head head;
    private final Head.Pool pool;

    private ClassActivation(Head head, Head.Pool pool) {
        this.head = head;
        this.pool = pool;
    }

    /// Empty if the network ends otherwise.
    static Optional<ClassActivation> of(Outline outline, String output) {
        return Head.of(outline, output)
                .flatMap(head -> head.pool(outline).map(pool -> new ClassActivation(head, pool)));
    }

    /// The edges to make visible.
    List<String> names() {
        return List.of(pool.maps(), pool.pooled(), head.weights());
    }

    /// The map of one class for the first image of a batch; its mean is the class's logit without its bias. Empty if
    /// the mean is not over places of the image.
    Optional<HeatMap> read(InnerValues values, int classIndex) {
        InnerValues.Values maps = values.of(Taps.output(pool.maps()));
        InnerValues.Values pooled = values.of(Taps.output(pool.pooled()));
        float[] weights = weights(values.of(Taps.output(head.weights())), classIndex);
        long[] shape = maps.shape();
        boolean pooledRight = pooled.shape().length >= 2 && pooled.shape()[1] == weights.length;
        if (pooledRight && shape.length == 4 && shape[1] == weights.length) {
            return Optional.of(ofMaps(maps, weights));
        }
        if (pooledRight && shape.length == 3 && shape[2] == weights.length) {
            return TokenGrid.of((int) shape[1])
                    .filter(grid -> !grid.hasClassToken())
                    .map(grid -> ofTokens(maps, grid, weights));
        }
        return Optional.empty();
    }

    private float[] weights(InnerValues.Values matrix, int classIndex) {
        int features = (int) matrix.shape()[head.turned() ? 1 : 0];
        int classes = (int) matrix.shape()[head.turned() ? 0 : 1];
        float[] weights = new float[features];
        for (int f = 0; f < features; f++) {
            weights[f] = matrix.values()[head.turned() ? classIndex * features + f : f * classes + classIndex];
        }
        return weights;
    }

    private static HeatMap ofMaps(InnerValues.Values maps, float[] weights) {
        int rows = (int) maps.shape()[2];
        int columns = (int) maps.shape()[3];
        double[] values = new double[rows * columns];
        for (int f = 0; f < weights.length; f++) {
            for (int place = 0; place < values.length; place++) {
                values[place] += (double) weights[f] * maps.values()[f * values.length + place];
            }
        }
        return new HeatMap(rows, columns, values);
    }

    private static HeatMap ofTokens(InnerValues.Values tokens, TokenGrid grid, float[] weights) {
        double[] values = new double[grid.tokens()];
        for (int place = 0; place < values.length; place++) {
            for (int f = 0; f < weights.length; f++) {
                values[place] += (double) weights[f] * tokens.values()[place * weights.length + f];
            }
        }
        return new HeatMap(grid.side(), grid.side(), values);
    }
}

package io.caracal.trainer.look;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Attention rollout (Abnar and Zuidema 2020; spec 2.13): how much of each token of the image reaches each token of
/// the last layer, when every layer passes on half of what a token is and half of what it looks at.
///
/// @param fusion of the heads of a layer
/// @param discard share of each layer's weights, the smallest, that is set to 0; what a class token gives itself stays
record Rollout(HeadFusion fusion, double discard) {

    Rollout {
        if (!(discard >= 0 && discard < 1)) {
            throw new IllegalArgumentException("discard is " + discard + ", allowed is 0 up to but not 1");
        }
    }

    /// @param layers from the first to the last, all of the same tokens
    /// @return `[T][T]`, each row sums to 1
    double[][] of(List<AttentionWeights> layers, TokenGrid grid) {
        double[][] rollout = passedOn(layers.getFirst(), grid);
        for (AttentionWeights layer : layers.subList(1, layers.size())) {
            rollout = product(passedOn(layer, grid), rollout);
        }
        return rollout;
    }

    /// `(A + I) / 2`, its rows sum to 1.
    private double[][] passedOn(AttentionWeights layer, TokenGrid grid) {
        double[][] weights = layer.fused(fusion);
        discardSmallest(weights, grid);
        for (int query = 0; query < weights.length; query++) {
            weights[query][query] += 1;
            double sum = Arrays.stream(weights[query]).sum();
            for (int key = 0; key < weights.length; key++) {
                weights[query][key] /= sum;
            }
        }
        return weights;
    }

    private void discardSmallest(double[][] weights, TokenGrid grid) {
        int tokens = weights.length;
        int count = (int) (discard * tokens * tokens);
        IntStream.range(0, tokens * tokens)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> weights[i / tokens][i % tokens]))
                .limit(count)
                .filter(i -> i != 0 || !grid.hasClassToken())
                .forEach(i -> weights[i / tokens][i % tokens] = 0);
    }

    private static double[][] product(double[][] left, double[][] right) {
        int size = left.length;
        double[][] product = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int inner = 0; inner < size; inner++) {
                double factor = left[row][inner];
                for (int column = 0; column < size; column++) {
                    product[row][column] += factor * right[inner][column];
                }
            }
        }
        return product;
    }
}

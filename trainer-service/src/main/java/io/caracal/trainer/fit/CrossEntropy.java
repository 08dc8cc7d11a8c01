package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/// How wrong logits `[N, classes]` are.
final class CrossEntropy {
    private CrossEntropy() {}

    /// What the logarithms of the probabilities are multiplied with, `[N, classes]`, so that the sum is the mean over
    /// the batch.
    ///
    /// @param targets distributions, `[N, classes]`, flat
    static NDArray weights(NDManager manager, float[] targets, int classes) {
        int images = targets.length / classes;
        float[] weights = new float[targets.length];
        for (int i = 0; i < targets.length; i++) {
            weights[i] = -targets[i] / images;
        }
        return manager.create(weights, new Shape(images, classes));
    }

    /// The mean over a batch, a scalar to differentiate.
    ///
    /// @param weights of [#weights]
    static NDArray mean(NDArray logits, NDArray weights) {
        return logits.logSoftmax(1).mul(weights).sum();
    }

    /// The same for one image, outside the engine.
    ///
    /// @param logits `[N, classes]`, flat
    static double of(float[] logits, int classes, int image, int label) {
        int row = image * classes;
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            max = Math.max(max, logits[row + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(logits[row + c] - max);
        }
        return Math.log(sum) + max - logits[row + label];
    }
}

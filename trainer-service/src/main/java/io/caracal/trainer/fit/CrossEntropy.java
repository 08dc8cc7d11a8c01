package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;

/// How wrong logits `[N, classes]` are.
final class CrossEntropy {
    private CrossEntropy() {}

    /// The mean over a batch whose images may be mixed, a scalar to differentiate.
    ///
    /// @param smoothing share of the target that is spread evenly over all classes, PyTorch's `label_smoothing`
    static NDArray mean(Objective.Answers answers, float smoothing) {
        NDArray logits = answers.logits();
        int classes = (int) logits.getShape().get(1);
        return mean(logits, Targets.of(answers.labels(), classes, answers.ownShare(), smoothing));
    }

    /// The mean over the batch for targets that are distributions, a scalar to differentiate.
    ///
    /// @param targets `[N, classes]`, flat
    static NDArray mean(NDArray logits, float[] targets) {
        int images = (int) logits.getShape().get(0);
        float[] weights = new float[targets.length];
        for (int i = 0; i < targets.length; i++) {
            weights[i] = -targets[i] / images;
        }
        NDArray weighted = logits.getManager().create(weights, logits.getShape());
        return logits.logSoftmax(1).mul(weighted).sum();
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

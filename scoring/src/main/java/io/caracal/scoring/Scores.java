package io.caracal.scoring;

import java.util.Arrays;

/// What a model says about a batch.
///
/// @param logits `[N, classes]`; for a model whose output is probabilities, their natural logarithm
/// @param probabilities `[N, classes]`, each row sums to 1
public record Scores(float[][] logits, float[][] probabilities) {

    /// With the probabilities that logits stand for.
    static Scores ofLogits(float[][] logits) {
        return new Scores(
                logits, Arrays.stream(logits).map(Softmax::probabilities).toArray(float[][]::new));
    }

    /// Whether the model computed a number for every class of image `i`. If not, the image has no label: weights that
    /// overflow do so for some images and not for others.
    public boolean isFinite(int i) {
        for (float logit : logits[i]) {
            if (!Float.isFinite(logit)) {
                return false;
            }
        }
        return true;
    }

    /// The index of the most probable class of image `i`; the lowest index wins a tie.
    public int best(int i) {
        float[] row = logits[i];
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }
}

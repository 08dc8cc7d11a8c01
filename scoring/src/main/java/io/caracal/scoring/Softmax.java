package io.caracal.scoring;

/// Between logits and probabilities.
final class Softmax {
    private Softmax() {}

    /// `exp(x - max) / sum`: no overflow however large the logits are.
    static float[] probabilities(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        double[] powers = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            powers[c] = Math.exp(logits[c] - max);
            sum += powers[c];
        }
        float[] probabilities = new float[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = (float) (powers[c] / sum);
        }
        return probabilities;
    }

    /// The natural logarithm; a probability of 0 becomes the logarithm of the smallest positive float (-103.3).
    static float[] logits(float[] probabilities) {
        float[] logits = new float[probabilities.length];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (float) Math.log(Math.max(probabilities[c], Float.MIN_VALUE));
        }
        return logits;
    }
}

package io.caracal.scoring;

import io.caracal.contracts.ModelCard.Output;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Scores black images once when a model is opened: warms every batch size it will be given, and finds a card that
/// calls logits probabilities, which no shape tells.
final class TrialRun {
    private static final double TOLERANCE = 1e-2;

    private TrialRun() {}

    /// @throws ModelException if the model does not run, or its output is not what the card says
    static void of(Classifier classifier) {
        for (int size : classifier.sizes().toWarm()) {
            ByteBuffer black =
                    ByteBuffer.allocateDirect(size * classifier.preprocessing().pixelBytes());
            check(classifier, classifier.score(black, size));
        }
    }

    private static void check(Classifier classifier, Scores scores) {
        if (!scores.isFinite(0)) {
            throw new ModelException("model " + classifier.card().name() + " gives scores that are not finite");
        }
        float[] row = scores.probabilities()[0];
        double sum = 0;
        for (float probability : row) {
            sum += probability;
        }
        if (Math.abs(sum - 1) > TOLERANCE) {
            throw new ModelException(
                    "the card says " + Output.Kind.PROBABILITIES + ", but those of a black image sum to " + (float) sum
                            + ": " + Arrays.toString(Arrays.copyOf(row, Math.min(row.length, 4))));
        }
    }
}

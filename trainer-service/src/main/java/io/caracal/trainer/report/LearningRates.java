package io.caracal.trainer.report;

import io.caracal.trainer.models.Recipe;
import java.util.List;
import java.util.stream.IntStream;

/// The learning rate of each epoch's last step.
final class LearningRates {
    private LearningRates() {}

    /// @param images of the training split
    /// @param epochs that were done
    static List<Double> of(Recipe recipe, int images, int epochs) {
        int batches = Math.ceilDiv(images, recipe.batchSize());
        int steps = Math.ceilDiv(batches, recipe.optimizer().accumulate());
        return IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> recipe.learningRate()
                        * recipe.schedule().factor((long) epoch * steps - 1, steps, recipe.epochs()))
                .toList();
    }
}

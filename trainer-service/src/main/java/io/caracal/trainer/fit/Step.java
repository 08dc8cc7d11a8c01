package io.caracal.trainer.fit;

import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.tensor.Gradients;

/// Forward and backward passes, and after as many of them as the recipe accumulates, one step of the optimizer. All
/// native memory of a pass belongs to its scope and goes with it.
final class Step {
    private final Learning learning;
    private final Objective objective;
    private final Recipe recipe;
    private final int stepsPerEpoch;
    private int pending;

    /// @param batchesPerEpoch what the schedule counts in
    Step(Learning learning, Objective objective, Recipe recipe, int batchesPerEpoch) {
        this.learning = learning;
        this.objective = objective;
        this.recipe = recipe;
        stepsPerEpoch = Math.ceilDiv(batchesPerEpoch, recipe.optimizer().accumulate());
    }

    /// @param seed see [Objective#answers]
    /// @return the answers before the update
    Scores train(Batch batch, long seed) {
        Network network = learning.network();
        try (NDManager scope = network.compute().newScope();
                GradientCollector collector = network.compute().newGradientCollector()) {
            Objective.Answers answers = objective.answers(network, scope, batch, seed, true);
            collector.backward(CrossEntropy.mean(answers, recipe.labelSmoothing()));
            pending++;
            if (pending == recipe.optimizer().accumulate()) {
                update();
            }
            return answers.scores();
        }
    }

    /// Makes a step of the batches that wait for more of them, if there are any: at the end of an epoch.
    void flush() {
        if (pending > 0) {
            update();
        }
    }

    /// Whether gradients of batches wait for more of them.
    boolean isPending() {
        return pending > 0;
    }

    private void update() {
        Optimizer optimizer = learning.optimizer();
        double factor = recipe.schedule().factor(optimizer.steps(), stepsPerEpoch, recipe.epochs());
        Network network = learning.network();
        try (NDManager scope = network.compute().newScope()) {
            float scale = GradientNorm.clipped(
                    network.weights().values(), 1f / pending, recipe.optimizer().clipNorm(), scope);
            optimizer.step((float) (recipe.learningRate() * factor), scale);
        }
        learning.average().ifPresent(average -> average.add(optimizer.steps()));
        pending = 0;
    }

    /// The answers in evaluation mode.
    static Scores evaluate(Network network, Objective objective, Batch batch, long seed) {
        try (Gradients _ = Gradients.off();
                NDManager scope = network.compute().newScope()) {
            return objective.answers(network, scope, batch, seed, false).scores();
        }
    }
}

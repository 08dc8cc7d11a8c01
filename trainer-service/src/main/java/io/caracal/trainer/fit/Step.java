package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
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

    /// Everything that has to be copied to the device is, before the first operation of the pass: a copy waits for what
    /// goes on there.
    ///
    /// @param seed see [Objective#questions]
    /// @return the answers before the update
    Scores train(Batch batch, long seed) {
        Network network = learning.network();
        try (NDManager scope = network.compute().newScope();
                GradientCollector collector = network.compute().newGradientCollector()) {
            Objective.Questions asked = objective.questions(network, scope, batch, seed, true);
            NDArray weights = weights(asked, network.classes(), scope);
            NDArray logits = asked.answers().get();
            collector.backward(CrossEntropy.mean(logits, weights));
            pending++;
            if (pending == recipe.optimizer().accumulate()) {
                update();
            }
            return asked.scores(logits);
        }
    }

    private NDArray weights(Objective.Questions asked, int classes, NDManager scope) {
        float[] targets = Targets.of(asked.labels(), classes, asked.ownShare(), recipe.labelSmoothing());
        return CrossEntropy.weights(scope, targets, classes);
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
            Objective.Questions asked = objective.questions(network, scope, batch, seed, false);
            return asked.scores(asked.answers().get());
        }
    }
}

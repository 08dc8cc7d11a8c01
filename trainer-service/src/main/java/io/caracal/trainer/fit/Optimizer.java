package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.tensor.Weight;
import java.util.Map;

/// Moves weights by their gradients, in place. Owns what it remembers between steps.
sealed interface Optimizer extends AutoCloseable permits Adam, Sgd {

    /// @param weights by name; those that are not trained are left alone
    /// @param memory owned by the optimizer from then on
    static Optimizer of(OptimizerSettings settings, Map<String, Weight> weights, NDManager memory) {
        return switch (settings.rule()) {
            case SGD -> new Sgd(settings, weights, memory);
            case ADAM, ADAMW -> new Adam(settings, weights, memory);
        };
    }

    /// Moves every weight and sets its gradient to zero.
    ///
    /// @param scale that the gradients are multiplied by first
    void step(float learningRate, float scale);

    /// Steps that were done.
    long steps();

    /// What is remembered between steps, by a name of its own: the live arrays.
    Map<String, NDArray> memory();

    /// Goes on after this many steps, once [#memory] is restored.
    void resume(long steps);

    @Override
    void close();
}

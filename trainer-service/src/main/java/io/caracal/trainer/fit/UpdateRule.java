package io.caracal.trainer.fit;

import ai.djl.ndarray.NDManager;
import java.util.List;

/// How a step moves weights.
sealed interface UpdateRule permits Adam, Sgd {

    /// @param number of the step, from 1
    /// @param learningRate of weights whose share of it is 1
    /// @param scale that the gradients are multiplied by first
    record Stride(long number, float learningRate, float scale) {}

    /// What is remembered of each weight between steps; zeros at first.
    List<String> memory();

    /// Moves every weight and sets its gradient to zero.
    ///
    /// @param manager for what is needed on the way
    void step(List<Moved> weights, Stride stride, NDManager manager);
}

package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;

/// How values are dropped in training mode (Srivastava et al. 2014): each is 0 at a rate, and the others are scaled so
/// that the expectation stays.
@FunctionalInterface
public interface Dropout {

    /// As the engine does it, with its own random numbers.
    Dropout OF_ENGINE =
            (x, rate) -> x.getNDArrayInternal().dropout(x, rate, true).singletonOrThrow();

    /// A new array of the manager of `x`.
    ///
    /// @param rate from 0 to below 1
    NDArray of(NDArray x, float rate);
}

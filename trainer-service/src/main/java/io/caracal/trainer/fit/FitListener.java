package io.caracal.trainer.fit;

/// Follows a training run. Called on the training thread, which waits for the return.
public interface FitListener {

    FitListener NONE = new FitListener() {};

    default void step(StepProgress progress) {}

    default void epoch(EpochResult result) {}

    /// Asked between steps; once true, training stops without an error.
    default boolean cancelled() {
        return false;
    }
}

package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;

/// What becomes of a request to cancel a run.
public sealed interface Cancellation {
    /// It waited and has ended, or it is under way and ends after its current step.
    record Accepted(TrainingEvent event) implements Cancellation {}

    record EndedBefore(TrainingEvent event) implements Cancellation {}

    record Unknown() implements Cancellation {}
}

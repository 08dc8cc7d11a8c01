package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;

/// What becomes of a request for a run.
public sealed interface Submission {
    record Accepted(TrainingEvent event) implements Submission {}

    /// @param waiting how many wait already, or 0 if the trainer is being stopped
    record Full(int waiting) implements Submission {}
}

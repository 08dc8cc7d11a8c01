package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;

/// What becomes of a request to go on with a run.
public sealed interface Resumption {
    record Accepted(TrainingEvent event) implements Resumption {}

    /// @param why one line
    record Refused(String why) implements Resumption {}

    /// @param waiting how many wait already, or 0 if the trainer is being stopped
    record Full(int waiting) implements Resumption {}

    record Unknown() implements Resumption {}
}

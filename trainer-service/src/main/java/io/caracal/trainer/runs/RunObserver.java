package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;

/// Told of every event of every run, in order, on the thread that caused it, which waits: must not block.
@FunctionalInterface
public interface RunObserver {
    void changed(TrainingEvent event);

    /// Tells both, this one first.
    default RunObserver and(RunObserver other) {
        return event -> {
            changed(event);
            other.changed(event);
        };
    }
}

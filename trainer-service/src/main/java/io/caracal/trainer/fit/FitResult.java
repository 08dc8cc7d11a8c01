package io.caracal.trainer.fit;

import java.util.List;

/// How a run ended.
///
/// @param finished false if the listener cancelled it
/// @param epochs those that were finished, in order
public record FitResult(boolean finished, List<EpochResult> epochs) {
    public FitResult {
        epochs = List.copyOf(epochs);
    }
}

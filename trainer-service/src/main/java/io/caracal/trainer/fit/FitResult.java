package io.caracal.trainer.fit;

import java.util.List;
import java.util.Optional;

/// How a run ended.
///
/// @param finished false if the listener cancelled it
/// @param epochs all that were finished, in order, those before a resumption too
public record FitResult(boolean finished, List<EpochResult> epochs) {
    public FitResult {
        epochs = List.copyOf(epochs);
    }

    /// The epoch with the highest validation accuracy, of equal ones the latest; empty if none was finished.
    public Optional<EpochResult> best() {
        return epochs.stream().reduce((best, next) -> next.betterThan(best) ? next : best);
    }
}

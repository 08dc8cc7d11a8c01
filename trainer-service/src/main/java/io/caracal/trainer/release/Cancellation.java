package io.caracal.trainer.release;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Ends a release that nobody wants any more, between two of its steps.
final class Cancellation {

    private Cancellation() {}

    /// @throws CancellationException if `cancelled` says so
    static void check(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("cancelled");
        }
    }
}

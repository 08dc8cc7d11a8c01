package io.caracal.trainer.release;

import io.caracal.contracts.ModelPublished;

/// Tells the world of a model that is in the store.
@FunctionalInterface
public interface Announcer {

    /// Returns once the announcement cannot be lost any more.
    ///
    /// @throws ReleaseException if it is not certain to have arrived
    void announce(ModelPublished model);
}

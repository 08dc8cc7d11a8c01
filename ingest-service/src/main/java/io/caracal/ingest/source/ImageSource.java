package io.caracal.ingest.source;

/// Brings images from one kind of place to the [io.caracal.ingest.admit.Intake], beside HTTP. To add one, write a bean
/// with an `@Identifier`; the setting `caracal.ingest.sources` names those that run.
public interface ImageSource {

    /// Starts to bring images, on threads of its own.
    ///
    /// @throws IllegalArgumentException if a setting of this source is missing or wrong
    void start();

    /// Returns when the last image has its receipt and the threads have ended. Does nothing if it was not started.
    void stop();
}

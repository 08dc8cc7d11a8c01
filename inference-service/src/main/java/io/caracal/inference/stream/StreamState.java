package io.caracal.inference.stream;

/// What the stream is doing, as readiness and liveness tell it.
sealed interface StreamState {

    /// No model, no images: nothing is consumed until there is one.
    record WaitingForModel() implements StreamState {}

    /// The Kafka clients are being opened.
    record Connecting() implements StreamState {}

    record Running() implements StreamState {}

    /// The clients failed and are opened again in a moment.
    ///
    /// @param reason one line
    record Recovering(String reason) implements StreamState {}

    record Stopped() implements StreamState {}

    /// The thread is gone; only a new process helps.
    ///
    /// @param reason one line
    record Dead(String reason) implements StreamState {}
}

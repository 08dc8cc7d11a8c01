package io.caracal.contracts;

/// What becomes of an image: exactly one of these for each.
public sealed interface Outcome permits Prediction, Rejection {

    /// The id of the image.
    String id();

    Origin origin();
}

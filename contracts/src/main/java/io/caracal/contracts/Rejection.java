package io.caracal.contracts;

/// An image that got no label, why, and where it came from. Its bytes travel beside it, untouched.
public record Rejection(String id, String source, RejectionReason reason, String message, Origin origin)
        implements Outcome {
    public Rejection {
        Required.text(id, "id");
        Required.text(source, "source");
        Required.present(reason, "reason");
        Required.present(message, "message");
        Required.present(origin, "origin");
    }
}

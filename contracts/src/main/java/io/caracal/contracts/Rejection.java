package io.caracal.contracts;

/// An image that got no label, why, and where it came from. Its bytes travel beside it, untouched.
public record Rejection(String id, String source, RejectionReason reason, String message, Origin origin)
        implements Outcome {}

package io.caracal.imaging;

/// Why bytes do not become pixels.
///
/// @param message one line for a person: what was found and what is allowed
public record Refusal(Reason reason, String message) implements Probe, Decoded {

    /// A closed set.
    public enum Reason {
        EMPTY,
        TOO_MANY_BYTES,
        TOO_MANY_PIXELS,
        NOT_AN_IMAGE,
        DAMAGED
    }
}

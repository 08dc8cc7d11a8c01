package io.caracal.inference.pipeline;

import io.caracal.contracts.RejectionReason;
import io.caracal.imaging.Refusal;

/// What the decoder refuses, in the words of the wire.
final class Reasons {
    private Reasons() {}

    static RejectionReason of(Refusal.Reason reason) {
        return switch (reason) {
            case EMPTY -> RejectionReason.EMPTY;
            case TOO_MANY_BYTES -> RejectionReason.TOO_MANY_BYTES;
            case TOO_MANY_PIXELS -> RejectionReason.TOO_MANY_PIXELS;
            case NOT_AN_IMAGE -> RejectionReason.NOT_AN_IMAGE;
            case DAMAGED -> RejectionReason.DAMAGED;
        };
    }
}

package io.caracal.ingest.admit;

import io.caracal.contracts.RejectionReason;
import io.caracal.imaging.Refusal;

/// The answer to an upload.
public sealed interface Receipt {

    /// Kafka has the image.
    record Accepted(String id) implements Receipt {}

    /// The image is not one that can be classified; sending it again changes nothing.
    record Refused(RejectionReason reason, String message) implements Receipt {
        static Refused of(Refusal refusal) {
            RejectionReason reason =
                    switch (refusal.reason()) {
                        case EMPTY -> RejectionReason.EMPTY;
                        case TOO_MANY_BYTES -> RejectionReason.TOO_MANY_BYTES;
                        case TOO_MANY_PIXELS -> RejectionReason.TOO_MANY_PIXELS;
                        case NOT_AN_IMAGE -> RejectionReason.NOT_AN_IMAGE;
                        case DAMAGED -> RejectionReason.DAMAGED;
                    };
            return new Refused(reason, refusal.message());
        }
    }

    /// Kafka is away or slow; the image may be sent again.
    record Unavailable(String message) implements Receipt {}
}

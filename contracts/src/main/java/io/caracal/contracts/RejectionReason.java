package io.caracal.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/// Why an image got no label. A closed set: whoever switches on it handles every member.
public enum RejectionReason {
    /// The value has no bytes.
    EMPTY("empty"),
    /// More bytes than the service accepts.
    TOO_MANY_BYTES("too-many-bytes"),
    /// The header announces more pixels than the service decodes (decompression bombs end here).
    TOO_MANY_PIXELS("too-many-pixels"),
    /// The first bytes are those of no image format that Caracal reads.
    NOT_AN_IMAGE("not-an-image"),
    /// The header is that of an image, the rest cannot be decoded.
    DAMAGED("damaged"),
    /// The model's scores of this image are not finite numbers.
    UNSCORABLE("unscorable");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    /// The name on the wire: header `caracal_reason`, JSON field `reason`.
    @JsonValue
    public String code() {
        return code;
    }

    /// @throws IllegalArgumentException if no reason has this code
    public static RejectionReason ofCode(String code) {
        for (RejectionReason reason : values()) {
            if (reason.code.equals(code)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("unknown rejection reason: " + code);
    }
}

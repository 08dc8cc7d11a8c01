package io.caracal.contracts;

/// A record on a topic that only Caracal writes, or a model card, is not what it must be; the message says in one
/// line what was found where.
public final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedRecordException(String message) {
        super(message);
    }

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.caracal.trainer.release;

/// A model that is not released. The message says in one line why.
public final class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReleaseException(String message) {
        super(message);
    }

    public ReleaseException(String message, Throwable cause) {
        super(message, cause);
    }
}

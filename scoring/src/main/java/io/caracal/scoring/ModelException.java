package io.caracal.scoring;

/// A model file that cannot be served; the message says in one line what is wrong with which file.
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}

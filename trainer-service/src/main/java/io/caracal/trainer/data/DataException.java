package io.caracal.trainer.data;

/// A data set that cannot be used. The message says in one line what is wrong with what.
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}

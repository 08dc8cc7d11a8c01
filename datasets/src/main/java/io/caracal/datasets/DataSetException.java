package io.caracal.datasets;

import java.io.IOException;

/// A data set that cannot be used; the message says in one line what is wrong with which place.
public final class DataSetException extends IOException {
    private static final long serialVersionUID = 1;

    public DataSetException(String message) {
        super(message);
    }

    public DataSetException(String message, Throwable cause) {
        super(message, cause);
    }
}

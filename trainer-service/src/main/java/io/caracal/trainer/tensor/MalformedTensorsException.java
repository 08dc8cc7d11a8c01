package io.caracal.trainer.tensor;

/// A file of tensors that cannot be read; the message says in one line why.
public final class MalformedTensorsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedTensorsException(String message) {
        super(message);
    }
}

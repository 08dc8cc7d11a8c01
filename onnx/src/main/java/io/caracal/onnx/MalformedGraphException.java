package io.caracal.onnx;

import java.io.IOException;

/// A file that is not an ONNX model; the message says in one line why.
public final class MalformedGraphException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedGraphException(String message) {
        super(message);
    }
}

package io.caracal.trainer.look;

import java.io.IOException;

/// A file that is no image, or a damaged one; the message says in one line why.
public final class UnreadablePictureException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadablePictureException(String message) {
        super(message);
    }
}

package io.caracal.quickstart;

/// The run cannot go on; the message says why, for a person.
final class QuickstartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    QuickstartException(String message) {
        super(message);
    }

    QuickstartException(String message, Throwable cause) {
        super(message, cause);
    }
}

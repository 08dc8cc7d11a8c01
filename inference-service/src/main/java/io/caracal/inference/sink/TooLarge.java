package io.caracal.inference.sink;

import org.apache.kafka.common.errors.RecordTooLargeException;

/// Tells whether Kafka refused a record for its size: the one failure that would come again for ever.
final class TooLarge {
    private TooLarge() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}

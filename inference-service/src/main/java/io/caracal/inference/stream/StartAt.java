package io.caracal.inference.stream;

import java.util.Locale;

/// Where a group without committed offsets begins.
public enum StartAt {
    EARLIEST,
    LATEST;

    String kafkaName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

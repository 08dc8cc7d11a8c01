package io.caracal.trainer.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How numbers are written for a person, whatever the system's language.
final class Figures {
    private static final double KIBI = 1024;

    private Figures() {}

    /// `9,351,236`; nothing for 0.
    static String count(long number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    /// `31.4 MiB`; nothing for 0.
    static String bytes(long number) {
        if (number == 0) {
            return "";
        }
        double scaled = number / KIBI;
        return scaled < KIBI
                ? String.format(Locale.ROOT, "%,.1f KiB", scaled)
                : String.format(Locale.ROOT, "%,.1f MiB", scaled / KIBI);
    }

    /// `16x55x55`
    static String shape(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}

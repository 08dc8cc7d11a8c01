package io.caracal.trainer.runs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Names of runs: the time in UTC to the second, then six random characters, as in `20261121t085959z-3k9x0a`. They sort
/// by time; a model's version is the id of the run that made it.
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGITS = 6;
    private static final int RADIX = 36;

    private RunId() {}

    public static String of(Instant time, RandomGenerator random) {
        var id = new StringBuilder(TIME.format(time)).append('-');
        for (int i = 0; i < DIGITS; i++) {
            id.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        return id.toString();
    }
}

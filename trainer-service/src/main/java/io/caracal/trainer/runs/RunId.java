package io.caracal.trainer.runs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Names of runs: the time in UTC to the millisecond, then four random characters, as in `20261121t085959123z-3k9x`.
/// They sort by time; a model's version is the id of the run that made it.
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmssSSS'z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGITS = 4;
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

package io.caracal.trainer.report;

import java.util.Locale;
import java.util.Optional;

/// How figures are written on a page, whatever the system's language.
final class Numbers {
    private static final double KIBI = 1024;
    private static final int MINUTE = 60;

    private Numbers() {}

    /// `9,351,236`
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `6.72 M`, `29.6 k`
    static String brief(long number) {
        String[] units = {"", " k", " M", " G", " T"};
        double scaled = number;
        int unit = 0;
        while (scaled >= 999.5 && unit < units.length - 1) {
            scaled /= 1_000;
            unit++;
        }
        int decimals = unit == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f%s", scaled, units[unit]);
    }

    /// A share: `0.9375`.
    static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }

    static String share(Optional<Double> share) {
        return share.map(Numbers::share).orElse("–");
    }

    /// `93.8 %`
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String rate(double perSecond) {
        return perSecond >= 100 ? count(Math.round(perSecond)) : String.format(Locale.ROOT, "%.1f", perSecond);
    }

    /// `12.3 ms`
    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    /// `116.5 KiB`, `1.4 GiB`
    static String bytes(long bytes) {
        if (bytes < KIBI * KIBI) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / KIBI);
        }
        double mebi = bytes / KIBI / KIBI;
        return mebi < KIBI
                ? String.format(Locale.ROOT, "%.1f MiB", mebi)
                : String.format(Locale.ROOT, "%.1f GiB", mebi / KIBI);
    }

    /// `12.3 s`, `4 min 5 s`, `2 h 3 min`
    static String duration(double seconds) {
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        long minutes = whole / MINUTE;
        return minutes < MINUTE
                ? minutes + " min " + whole % MINUTE + " s"
                : minutes / MINUTE + " h " + minutes % MINUTE + " min";
    }
}

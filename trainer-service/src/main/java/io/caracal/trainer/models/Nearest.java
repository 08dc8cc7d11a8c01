package io.caracal.trainer.models;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that somebody probably meant: for messages.
public final class Nearest {
    /// Mistyped letters up to which it is the same name: one in three, and one more in any.
    private static final int LETTERS_PER_MISTAKE = 3;

    private Nearest() {}

    /// ` (did you mean epochs?)`, or nothing if none of the names is close.
    public static String hint(String given, Collection<String> names) {
        return of(given, names).map(name -> " (did you mean " + name + "?)").orElse("");
    }

    static Optional<String> of(String given, Collection<String> names) {
        return names.stream()
                .filter(name ->
                        distance(given, name) <= 1 + Math.min(given.length(), name.length()) / LETTERS_PER_MISTAKE)
                .min(Comparator.<String>comparingInt(name -> distance(given, name))
                        .thenComparing(name -> name));
    }

    /// Letters that have to be put in, left out or changed (Levenshtein 1966), whatever their case.
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                int changed = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}

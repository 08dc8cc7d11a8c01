package io.caracal.contracts;

import java.util.List;

/// Checks of record components; what fails here was missing or wrong in the JSON.
final class Required {
    private Required() {}

    static <T> T present(T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static String text(String value, String field) {
        if (present(value, field).isBlank()) {
            throw new IllegalArgumentException(field + " is blank");
        }
        return value;
    }

    static <T> List<T> nonEmpty(List<T> values, String field) {
        if (present(values, field).isEmpty()) {
            throw new IllegalArgumentException(field + " is empty, at least one is needed");
        }
        for (int i = 0; i < values.size(); i++) {
            present(values.get(i), field + "[" + i + "]");
        }
        return List.copyOf(values);
    }

    static int atLeast(int minimum, int value, String field) {
        if (value < minimum) {
            throw new IllegalArgumentException(field + " is " + value + ", allowed is " + minimum + " or more");
        }
        return value;
    }

    /// A share or a probability.
    static double fraction(double value, String field) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " is " + value + ", allowed is 0 to 1");
        }
        return value;
    }
}

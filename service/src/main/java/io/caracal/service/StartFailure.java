package io.caracal.service;

import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a person is told of an exception that kept a service from starting.
final class StartFailure {
    private static final Pattern CODE = Pattern.compile("^SRCFG\\d+: ");

    private StartFailure() {}

    /// One line per setting that is not allowed, else one line for what is at the root.
    static List<String> lines(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ConfigValidationException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConfigValidationException invalid) {
            return IntStream.range(0, invalid.getProblemCount())
                    .mapToObj(i -> firstLine(invalid.getProblem(i).getMessage()))
                    .toList();
        }
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return List.of(cause.getClass().getName());
        }
        // Those of java.nio.file have no more than a path for a message.
        return List.of(
                cause instanceof IOException
                        ? cause.getClass().getSimpleName() + ": " + firstLine(message)
                        : firstLine(message));
    }

    /// Without the code that the configuration library puts before it (`SRCFG00014: `).
    private static String firstLine(String message) {
        return CODE.matcher(message.lines().findFirst().orElse("")).replaceFirst("");
    }
}

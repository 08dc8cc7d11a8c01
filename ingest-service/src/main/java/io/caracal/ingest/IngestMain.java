package io.caracal.ingest;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Starts the service. What stops it from starting is said in one line on standard error, with exit code 1.
@QuarkusMain
public final class IngestMain {
    private IngestMain() {}

    public static void main(String... arguments) {
        Quarkus.run(null, IngestMain::exit, arguments);
    }

    private static void exit(int code, Throwable failure) {
        if (failure != null) {
            System.err.println("caracal-ingest cannot start: " + oneLine(failure));
        }
        System.exit(code);
    }

    static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ConfigValidationException)) {
            cause = cause.getCause();
        }
        String message = cause instanceof ConfigValidationException invalid
                ? IntStream.range(0, invalid.getProblemCount())
                        .mapToObj(i -> invalid.getProblem(i).getMessage())
                        .collect(Collectors.joining("; "))
                : cause.getMessage();
        return message == null ? cause.getClass().getName() : message.lines().collect(Collectors.joining(" "));
    }
}

package io.caracal.inference;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;

/// Starts the service. What keeps it from starting is told in one line per problem, with exit code 1.
@QuarkusMain
public final class InferenceMain {
    InferenceMain() {}

    public static void main(String... args) {
        Quarkus.run(
                null,
                (exitCode, failure) -> {
                    if (failure != null) {
                        explain(failure);
                    }
                    System.exit(exitCode);
                },
                args);
    }

    private static void explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException invalid) {
                for (int i = 0; i < invalid.getProblemCount(); i++) {
                    System.err.println(oneLine(invalid.getProblem(i).getMessage()));
                }
                return;
            }
            if (cause.getCause() == null) {
                System.err.println(oneLine(cause.getMessage() == null ? cause.toString() : cause.getMessage()));
            }
        }
    }

    private static String oneLine(String message) {
        return "inference-service does not start: "
                + message.lines().findFirst().orElse("");
    }
}

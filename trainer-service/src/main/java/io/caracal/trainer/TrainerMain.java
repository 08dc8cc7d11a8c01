package io.caracal.trainer;

import io.caracal.trainer.runs.Failure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;

/// Starts the service. What keeps it from starting is told in one line per problem, with exit code 1.
@QuarkusMain
public final class TrainerMain {
    private TrainerMain() {}

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
            if (Failure.isExpected(cause) || cause.getCause() == null) {
                System.err.println(oneLine(Failure.oneLine(cause)));
                return;
            }
        }
    }

    private static String oneLine(String message) {
        return "trainer-service does not start: " + message.lines().findFirst().orElse("");
    }
}

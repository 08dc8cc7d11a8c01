package io.caracal.service;

import io.quarkus.runtime.Quarkus;

/// Runs a service until it is told to stop. What keeps it from starting is told on standard error, one line per
/// problem, with exit code 1.
public final class Startup {

    private Startup() {}

    /// @param service the name that the lines begin with
    public static void run(String service, String... arguments) {
        Quarkus.run(
                null,
                (exitCode, failure) -> {
                    if (failure != null) {
                        StartFailure.lines(failure)
                                .forEach(line -> System.err.println(service + " does not start: " + line));
                    }
                    System.exit(exitCode);
                },
                arguments);
    }
}

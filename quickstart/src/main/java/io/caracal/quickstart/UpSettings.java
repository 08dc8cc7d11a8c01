package io.caracal.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// What a run of the whole line does; refuses to exist with a value that cannot work.
///
/// @param root the project's folder
/// @param work absolute
/// @param data empty to draw images
/// @param epochs empty for the default
/// @param limit images used at most
/// @param stream images streamed; empty for each held-out one once
/// @param bootstrap a broker that runs already
/// @param once whether to stop after the run
/// @param json where the summary goes
/// @param predictions where the label of each streamed image goes
record UpSettings(
        Path root,
        Path work,
        Optional<Path> data,
        String preset,
        OptionalInt epochs,
        OptionalInt limit,
        long seed,
        OptionalInt stream,
        Optional<String> bootstrap,
        boolean once,
        Optional<Path> json,
        Optional<Path> predictions) {
    /// The trainer splits off a fifth twice and needs images of both classes in each part.
    private static final int MIN_LIMIT = 10;

    UpSettings {
        atLeast("--epochs", epochs, 1);
        atLeast("--limit", limit, MIN_LIMIT);
        atLeast("--stream", stream, 1);
        writable("--json", json);
        writable("--predictions", predictions);
        bootstrap
                .filter(servers -> !servers.matches("[^:\\s]+:\\d{1,5}(,[^:\\s]+:\\d{1,5})*"))
                .ifPresent(servers -> {
                    throw new QuickstartException("--bootstrap is " + servers + ", allowed is HOST:PORT");
                });
    }

    /// Found out before the run and not after it.
    private static void writable(String option, Optional<Path> file) {
        file.map(path -> path.toAbsolutePath().getParent())
                .filter(folder -> !Files.isDirectory(folder) || !Files.isWritable(folder))
                .ifPresent(folder -> {
                    throw new QuickstartException(
                            option + " is " + file.get() + ", but there is no such folder or no access: " + folder);
                });
    }

    private static void atLeast(String option, OptionalInt value, int least) {
        if (value.isPresent() && value.getAsInt() < least) {
            throw new QuickstartException(option + " is " + value.getAsInt() + ", allowed is " + least + " or more");
        }
    }
}

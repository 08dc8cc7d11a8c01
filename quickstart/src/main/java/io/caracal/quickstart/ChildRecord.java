package io.caracal.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A file that names the processes of a run, so that the next one can end what a killed run left behind. A process is
/// recognised by its id and its start time: an id alone may be somebody else's by now.
final class ChildRecord {
    private final Path file;

    ChildRecord(Path file) {
        this.file = file;
    }

    void add(ProcessHandle process) throws IOException {
        Optional<Instant> started = process.info().startInstant();
        if (started.isPresent()) {
            Files.writeString(
                    file,
                    process.pid() + " " + started.get() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /// Ends those that still run, and forgets all.
    void endAll() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        CompletableFuture<?>[] ends = Files.readAllLines(file).stream()
                .flatMap(ChildRecord::running)
                .map(process -> {
                    process.destroyForcibly();
                    return process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS);
                })
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).join();
        Files.delete(file);
    }

    private static Stream<ProcessHandle> running(String line) {
        String[] words = line.split(" ", 2);
        return ProcessHandle.of(Long.parseLong(words[0])).stream()
                .filter(process -> process.info()
                        .startInstant()
                        .map(Instant::toString)
                        .filter(words[1]::equals)
                        .isPresent());
    }
}

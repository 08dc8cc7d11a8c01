package io.caracal.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The command line as a process of its own, for what a test cannot do to itself.
///
/// @param process of Java itself, not of a shell around it
/// @param log what it prints, both streams
record Caracal(Process process, Path log) {
    private static final int MINUTES = 5;

    /// @param options of Java
    static Caracal start(Path log, List<String> options, Object... arguments) throws IOException {
        return start(log, "exec \"$@\"", options, arguments);
    }

    /// In a shell that allows files of so many KiB at most. To the program that is a disk without room: writing fails,
    /// with another reason.
    static Caracal startWithoutRoom(int kib, Path log, List<String> options, Object... arguments) throws IOException {
        return start(log, "ulimit -f " + kib + " && exec \"$@\"", options, arguments);
    }

    private static Caracal start(Path log, String shell, List<String> options, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", shell, "caracal"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.offline=true"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TrainerCommand.class.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Caracal(process, log);
    }

    /// Ctrl-C.
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /// @throws IllegalStateException if it does not end
    int exitCode() throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end: " + log);
        }
        return process.exitValue();
    }

    /// What was printed so far.
    String printed() throws IOException {
        return Files.readString(log, UTF_8);
    }
}

package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminalDisplayTest {
    /// Gives a command a terminal; in Debian's essential packages.
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    private static final int CTRL_C = 3;

    /// After which the process is killed, and the test fails for want of output.
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void controlCWhileABarIsShownLetsTheProcessClearUp() throws Exception {
        // Given
        assumeTrue(Files.isExecutable(SCRIPT), "there is no " + SCRIPT);
        // A process that a script starts in the background inherits that Ctrl-C is ignored.
        String command = "env --default-signal=INT,HUP %s -cp %s %s"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        OnATerminal.class.getName());
        Process process = new ProcessBuilder(SCRIPT.toString(), "-qefc", command, "/dev/null")
                .redirectErrorStream(true)
                .start();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (BufferedReader output = process.inputReader()) {
            assertThat(until(OnATerminal.TASK, output)).isTrue();

            // When
            process.getOutputStream().write(CTRL_C);
            process.getOutputStream().flush();

            // Then
            assertThat(until(OnATerminal.CLEARED_UP, output)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Reads until a text has come.
    ///
    /// @return false if the output ended before
    private static boolean until(String text, BufferedReader output) throws IOException {
        var read = new StringBuilder();
        for (int c = output.read(); c >= 0; c = output.read()) {
            read.append((char) c);
            if (read.indexOf(text) >= 0) {
                return true;
            }
        }
        return false;
    }
}

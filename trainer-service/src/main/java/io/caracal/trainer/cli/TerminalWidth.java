package io.caracal.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// How wide a progress bar may be.
final class TerminalWidth {
    /// For a terminal that does not say.
    private static final int COMMON = 80;

    /// Writing into the last column would wrap the line.
    private static final int MARGIN = 2;

    private TerminalWidth() {}

    /// In characters. Asked for here and not by the progress bar, whose terminal takes Ctrl-C away from the JVM: the
    /// process would end at once and clear nothing up.
    static int now() {
        try (Terminal terminal =
                TerminalBuilder.builder().dumb(true).nativeSignals(false).build()) {
            int columns = terminal.getWidth();
            return (columns > MARGIN ? columns : COMMON) - MARGIN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

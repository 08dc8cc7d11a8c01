package io.caracal.quickstart;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// What a person sees of a run: lines, and one meter at a time for what takes long.
interface Display {

    void say(String line);

    /// @param task what is going on, a few words
    /// @param total of whatever is counted
    Meter meter(String task, long total);

    /// A meter to be moved; closed when the task is over.
    interface Meter extends AutoCloseable {
        /// @param done out of the total
        /// @param figures what else is known now
        void at(long done, String figures);

        @Override
        void close();
    }

    /// Moving bars on a terminal, plain lines without control characters anywhere else.
    static Display of(PrintStream out) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return terminal ? new TerminalDisplay(out) : new PlainDisplay(out, System::nanoTime);
    }
}

package io.caracal.trainer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/// How a command line of the trainer ended and what it printed.
record Ran(int exitCode, String out, String err) {

    /// @param arguments verb first
    static Ran of(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine = TrainerCommand.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode =
                commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }
}

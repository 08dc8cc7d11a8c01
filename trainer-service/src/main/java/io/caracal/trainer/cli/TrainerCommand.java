package io.caracal.trainer.cli;

import io.caracal.trainer.runs.Failure;
import java.io.PrintWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The trainer's command line. Exit codes: 0 done, 1 failed, 2 wrong usage; an error is one line on standard error.
@Command(
        name = "caracal",
        description = "Trains image classifiers, tests them and uses them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainVerb.class,
            PretrainVerb.class,
            EvaluateVerb.class,
            ClassifyVerb.class,
            DescribeVerb.class,
            LookVerb.class,
            EmbedVerb.class,
            CompareVerb.class
        })
public final class TrainerCommand {

    private static final String LOG_MANAGER = "java.util.logging.manager";
    private static final String OWN = "io.caracal";

    private TrainerCommand() {}

    public static void main(String[] args) {
        if (System.getProperty(LOG_MANAGER) == null) {
            // The service's class path has JBoss's logging, which wants to be named before the first message.
            System.setProperty(LOG_MANAGER, "org.jboss.logmanager.LogManager");
        }
        Logger.getLogger(OWN).addHandler(warnings());
        System.exit(commandLine().execute(args));
    }

    /// Warnings of our own, a line each on standard error.
    private static Handler warnings() {
        var handler = new ConsoleHandler();
        handler.setLevel(Level.WARNING);
        handler.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord warning) {
                return "caracal: " + formatMessage(warning) + System.lineSeparator();
            }
        });
        return handler;
    }

    static CommandLine commandLine() {
        return new CommandLine(new TrainerCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(TrainerCommand::wrongUsage)
                .setExecutionExceptionHandler(TrainerCommand::failed);
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        String usage = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(usage + ": " + WrongUsage.line(e) + " (see " + usage + " --help)");
        return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception e, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println(commandLine.getCommandSpec().qualifiedName() + ": " + Failure.oneLine(e));
        if (!Failure.isExpected(e)) {
            e.printStackTrace(commandLine.getErr());
        }
        return commandLine.getCommandSpec().exitCodeOnExecutionException();
    }
}

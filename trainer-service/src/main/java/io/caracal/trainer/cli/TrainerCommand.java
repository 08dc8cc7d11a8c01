package io.caracal.trainer.cli;

import io.caracal.trainer.runs.Failure;
import java.io.PrintWriter;
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

    private TrainerCommand() {}

    public static void main(String[] args) {
        if (System.getProperty(LOG_MANAGER) == null) {
            // The service's class path has JBoss's logging, which wants to be named before the first message.
            System.setProperty(LOG_MANAGER, "org.jboss.logmanager.LogManager");
        }
        System.exit(commandLine().execute(args));
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

package io.caracal.quickstart;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line behind `./caracal up`.
@Command(
        name = "caracal",
        description = "Classifies images as they stream through Kafka.",
        subcommands = {UpCommand.class, HelpCommand.class},
        mixinStandardHelpOptions = true)
public final class Caracal {

    private Caracal() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Caracal())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println("caracal: " + e.getMessage() + " (see ./caracal up --help)");
                    return 2;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (!(e instanceof QuickstartException)) {
                        throw e;
                    }
                    command.getErr().println("caracal: " + e.getMessage());
                    return 1;
                });
    }
}

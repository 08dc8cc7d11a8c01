package io.caracal.trainer.cli;

import io.caracal.trainer.models.Nearest;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a command line got wrong, in one line: which option, what was given, what is allowed.
final class WrongUsage {
    private WrongUsage() {}

    static String line(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        ArgSpec argument = e.getArgSpec();
        if (argument instanceof OptionSpec option && e.getValue() != null) {
            return option.longestName() + " is " + e.getValue() + ", allowed is " + allowed(option);
        }
        return e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    }

    private static String unknown(UnmatchedArgumentException e) {
        String given = e.getUnmatched().getFirst();
        String name = given.substring(0, given.contains("=") ? given.indexOf('=') : given.length());
        if (!name.startsWith("-")) {
            return given + " follows no option";
        }
        List<String> names = e.getCommandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        return "there is no option " + name + Nearest.hint(name, names);
    }

    private static String allowed(OptionSpec option) {
        String label = option.paramLabel();
        return switch (label) {
            case "N" -> "a whole number";
            case "RATE", "SHARE" -> "a number";
            default -> label.contains("|") ? "one of " + label.replace("|", ", ") : label;
        };
    }
}

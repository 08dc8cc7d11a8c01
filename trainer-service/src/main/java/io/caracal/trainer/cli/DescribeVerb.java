package io.caracal.trainer.cli;

import io.caracal.trainer.describe.Description;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `caracal describe`: what a model is and costs. Computes nothing, loads no engine.
@Command(
        name = "describe",
        description = "Shows a preset's layers with shapes, parameters, multiply-accumulates (MACs), memory, attention "
                + "and receptive field, all for one image. Without PRESET, lists the presets.",
        mixinStandardHelpOptions = true)
final class DescribeVerb implements Callable<Integer> {
    private static final int MOST_CLASSES = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PRESET", description = "Name of the preset. Default: all.")
    private Optional<String> preset = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "An option of the preset, repeatable: --set attention=local --set pool=mean.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--classes",
            defaultValue = "2",
            paramLabel = "N",
            description = "Labels that the model tells apart. Default: ${DEFAULT-VALUE}.")
    private int classes;

    @Option(
            names = "--depth",
            defaultValue = "1",
            paramLabel = "N",
            description = "How far layers are taken apart: with 1 a block is one line, with 2 its attention is. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(names = "--markdown", description = "Print tables as Markdown.")
    private boolean markdown;

    @Mixin
    private FiguresFile json;

    @Override
    public Integer call() throws IOException {
        within("classes", classes, 2, MOST_CLASSES);
        within("depth", depth, 1, Integer.MAX_VALUE);
        json.requireWritable();
        var presets = new Presets();
        if (preset.isPresent()) {
            Description description = Description.of(named(presets, preset.get()), classes);
            json.write(description);
            print(markdown ? DescribedModel.markdown(description, depth) : DescribedModel.plain(description, depth));
        } else {
            if (!options.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--set is given, allowed with a PRESET only");
            }
            List<Description> all = presets.names().stream()
                    .map(name -> Description.of(presets.named(name), classes))
                    .toList();
            json.write(all);
            print(markdown ? DescribedPresets.markdown(all) : DescribedPresets.plain(all));
        }
        return 0;
    }

    private Architecture named(Presets presets, String name) {
        try {
            return presets.named(name, options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void within(String setting, int given, int least, int most) {
        if (given < least || given > most) {
            String allowed = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            throw new ParameterException(spec.commandLine(), setting + " is " + given + ", allowed is " + allowed);
        }
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}

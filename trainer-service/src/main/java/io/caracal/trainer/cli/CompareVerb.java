package io.caracal.trainer.cli;

import io.caracal.trainer.models.Presets;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.report.Comparison;
import io.caracal.trainer.report.ComparisonPage;
import io.caracal.trainer.report.RunFile;
import io.caracal.trainer.report.ScoringSpeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `caracal compare`: trained models side by side.
@Command(
        name = "compare",
        description = "Shows trained models side by side: accuracy, calibration, parameters, MACs, memory, speed. Runs "
                + "that were not tested on the same images are flagged.",
        mixinStandardHelpOptions = true)
final class CompareVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "What train wrote: the figures (.json), the page (.html) or the model (.onnx) of a run.")
    private List<Path> files = List.of();

    @Option(
            names = "--measure",
            description =
                    "Also measure how fast the models score on this machine's CPU, in turns in one go; their .onnx "
                            + "files must be there.")
    private boolean measure;

    @Option(names = "--markdown", description = "Print the table as Markdown.")
    private boolean markdown;

    @Option(names = "--html", paramLabel = "FILE.html", description = "Where a page with charts is written.")
    private Optional<Path> page = Optional.empty();

    @Mixin
    private FiguresFile json;

    @Override
    public Integer call() throws IOException {
        page.ifPresent(WrittenFile::requireWritable);
        json.requireWritable();
        var presets = new Presets();
        List<RunFile> runs = new ArrayList<>();
        for (Path file : files) {
            runs.add(RunFile.read(file, presets));
        }
        Comparison comparison = Comparison.of(
                runs.stream().map(RunFile::run).toList(), measure ? ScoringSpeed.of(models(runs)) : List.of());
        json.write(comparison);
        if (page.isPresent()) {
            AtomicFiles.write(page.get(), ComparisonPage.html(comparison));
        }
        print(comparison);
        return 0;
    }

    private List<Path> models(List<RunFile> runs) {
        List<Path> models = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Path file = files.get(i);
            models.add(runs.get(i)
                    .onnx()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "--measure needs the model of " + file + ", and its .onnx file is not there")));
        }
        return models;
    }

    private void print(Comparison comparison) {
        Table<Comparison.Row> table = new Table<Comparison.Row>().text("", Comparison.Row::name);
        for (int i = 0; i < comparison.runs().size(); i++) {
            int run = i;
            table.number(comparison.titles().get(run), row -> row.values().get(run));
        }
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? table.markdown(comparison.rows()) : table.plain(comparison.rows())).forEach(out::println);
        if (!comparison.warnings().isEmpty()) {
            out.println();
            comparison.warnings().forEach(warning -> out.println((markdown ? "Warning: " : "warning: ") + warning));
        }
        out.flush();
    }
}

package io.caracal.trainer.cli;

import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Purpose;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.runs.Failure;
import io.caracal.trainer.runs.RunId;
import io.caracal.trainer.runs.RunOutcome;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.runs.TrainingRun;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `caracal train`: one run, from labelled images to an ONNX file.
@Command(
        name = "train",
        description = "Trains a model on labelled images and writes it as an ONNX file.",
        mixinStandardHelpOptions = true)
final class TrainVerb implements Callable<Integer> {
    static final int CANCELLED = 130;
    private static final String DEFAULT_PRESET = "small-resnet";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private RecipeOptions recipe;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model. Default: the preset's.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--split-mode",
            paramLabel = "random|stratified",
            description = "Whether training, validation and test images are dealt by chance or by class. "
                    + "Default: random.")
    private Optional<String> splitMode = Optional.empty();

    @Option(
            names = "--out",
            defaultValue = "model.onnx",
            paramLabel = "FILE",
            description = "Where the model is written. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Mixin
    private RunFiles files;

    @Mixin
    private RunOptions running;

    @Mixin
    private LoadingOptions loading;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var presets = new Presets();
        RunPlan plan = recipe.plan(presets, data, name, splitMode, Purpose.LABELS, DEFAULT_PRESET);
        WrittenFile.requireWritable(out);
        files.requireWritable(out);
        data.requireWritable();
        Optional<Checkpoints> checkpoints = running.checkpoints();
        Instant begin = Instant.now();
        try (var interrupt = new Interrupt();
                Compute compute = running.openCompute()) {
            var console = new TrainConsole(spec.commandLine().getOut(), TrainConsole.hasTerminal(), interrupt);
            var run = new TrainingRun(presets, compute, loading.loading(), Revision.known());
            String version = RunId.of(begin, RandomGenerator.getDefault());
            return switch (run.run(plan, version, console, checkpoints)) {
                case RunOutcome.Finished finished -> {
                    AtomicFiles.write(out, finished.model().onnx());
                    writeBeside(finished);
                    console.finished(finished, out, files.page(out));
                    yield 0;
                }
                case RunOutcome.Cancelled() -> {
                    console.cancelledRun(checkpoints);
                    yield CANCELLED;
                }
            };
        }
    }

    /// A model that is written stays, though there be no room for its page.
    private void writeBeside(RunOutcome.Finished finished) throws IOException {
        try {
            data.quarantine(finished.skipped());
            files.write(finished.report().writtenTo(out.toString()), out);
        } catch (IOException e) {
            throw new IOException(Failure.oneLine(e) + "; the model is written: " + out, e);
        }
    }
}

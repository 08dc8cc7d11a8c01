package io.caracal.trainer.cli;

import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Purpose;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.pretrain.PretrainOutcome;
import io.caracal.trainer.pretrain.Pretraining;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `caracal pretrain`: one run, from images to weights that a training can start from.
@Command(
        name = "pretrain",
        description = "Pre-trains a Vision Transformer on images without labels, in a folder or zip in any order, by "
                + "masked patch prediction, and writes its weights as safetensors.",
        mixinStandardHelpOptions = true)
final class PretrainVerb implements Callable<Integer> {
    private static final String DEFAULT_PRESET = "vit-ti-16";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private RecipeOptions recipe;

    @Option(
            names = "--out",
            defaultValue = "weights.safetensors",
            paramLabel = "FILE",
            description = "Where the weights are written. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Mixin
    private FiguresFile json;

    @Mixin
    private RunOptions running;

    @Mixin
    private LoadingOptions loading;

    /// The figures of a run, as `--json` writes them.
    ///
    /// @param commonest the validation accuracy of always answering with the commonest class
    private record Figures(
            String weights,
            Recipe recipe,
            SplitSizes split,
            List<EpochResult> epochs,
            int bestEpoch,
            double commonest) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        var presets = new Presets();
        RunPlan plan =
                recipe.plan(presets, data, Optional.empty(), Optional.empty(), Purpose.MASKED_PATCHES, DEFAULT_PRESET);
        WrittenFile.requireWritable(out);
        json.requireWritable();
        data.requireWritable();
        Optional<Checkpoints> checkpoints = running.checkpoints();
        try (var interrupt = new Interrupt();
                Compute compute = running.openCompute()) {
            var console = new PretrainConsole(spec.commandLine().getOut(), TrainConsole.hasTerminal(), interrupt);
            var run = new Pretraining(presets, compute, loading.loading());
            return switch (run.run(plan, console, checkpoints)) {
                case PretrainOutcome.Finished finished -> {
                    AtomicFiles.write(out, finished.weights()::write);
                    data.quarantine(finished.skipped());
                    json.write(new Figures(
                            out.toString(),
                            plan.recipe(),
                            finished.sizes(),
                            finished.epochs(),
                            finished.best().epoch(),
                            finished.commonest()));
                    console.finished(finished, out);
                    yield 0;
                }
                case PretrainOutcome.Cancelled() -> {
                    console.cancelledRun(checkpoints);
                    yield TrainVerb.CANCELLED;
                }
            };
        }
    }
}

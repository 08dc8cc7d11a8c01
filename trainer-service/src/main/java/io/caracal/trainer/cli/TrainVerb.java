package io.caracal.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.datasets.Cleaning;
import io.caracal.scoring.Device;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Nearest;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.RecipeFile;
import io.caracal.trainer.models.RecipeSettings;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.runs.DataRoots;
import io.caracal.trainer.runs.RunId;
import io.caracal.trainer.runs.RunOutcome;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.runs.RunRequest;
import io.caracal.trainer.runs.TrainingRun;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `caracal train`: one run, from labelled images to an ONNX file.
@Command(
        name = "train",
        description = "Trains a model on labelled images and writes it as an ONNX file.",
        mixinStandardHelpOptions = true)
final class TrainVerb implements Callable<Integer> {
    private static final int CANCELLED = 130;
    private static final String DEFAULT_PRESET = "seed-cnn";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Architecture and its recipe. Default: that of --recipe, or else " + DEFAULT_PRESET + ".")
    private Optional<String> preset = Optional.empty();

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "YAML file with the settings of a recipe, as in trainer-service/recipes.")
    private Optional<Path> recipe = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the recipe or an option of the preset, over the file's; may be repeated: "
                    + "--set optimizer.rule=adamw --set attention=local.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--epochs", paramLabel = "N", description = "Default: the preset's.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "Images used at most. Default: all.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides limit, split, weights, order and augmentation. Default: the preset's.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--batch-size", paramLabel = "N", description = "Default: the preset's.")
    private Optional<Integer> batchSize = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Default: the preset's.")
    private Optional<Float> learningRate = Optional.empty();

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

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Folder for a checkpoint after each epoch; a run of the same recipe goes on from it.")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(
            names = "--checkpoint-steps",
            defaultValue = "0",
            paramLabel = "N",
            description = "Steps between two checkpoints within an epoch, 0 for none. Default: ${DEFAULT-VALUE}.")
    private int checkpointSteps;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "auto|cpu|cuda",
            description = "Default: ${DEFAULT-VALUE}.")
    private Device device;

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = "Threads that compute, 0 for one per core. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Mixin
    private LoadingOptions loading;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var presets = new Presets();
        RunPlan plan = plan(presets);
        WrittenFile.requireWritable(out);
        files.requireWritable(out);
        data.requireWritable();
        checkpoint.ifPresent(WrittenFile::requireFolder);
        Optional<Checkpoints> checkpoints = checkpoint.map(folder -> new Checkpoints(folder, checkpointSteps));
        Instant begin = Instant.now();
        try (var interrupt = new Interrupt();
                Compute compute = Compute.open(device, threads)) {
            var console = new TrainConsole(spec.commandLine().getOut(), TrainConsole.hasTerminal(), interrupt);
            var run = new TrainingRun(presets, compute, loading.loading(), Revision.known());
            String version = RunId.of(begin, RandomGenerator.getDefault());
            return switch (run.run(plan, version, console, checkpoints)) {
                case RunOutcome.Finished finished -> {
                    AtomicFiles.write(out, finished.model().onnx());
                    data.quarantine(finished.skipped());
                    files.write(finished.report().writtenTo(out.toString()), out);
                    console.finished(finished, out, files.page(out));
                    yield 0;
                }
                case RunOutcome.Cancelled() -> {
                    console.cancelledRun();
                    yield CANCELLED;
                }
            };
        }
    }

    /// Which was meant, a setting of the recipe or an option of the preset, is not known of a key that is neither.
    private void requireKnown(Presets presets, String chosen) {
        if (!presets.names().contains(chosen)) {
            return;
        }
        Architecture architecture = presets.named(chosen);
        List<String> known = new ArrayList<>(architecture.options().asText().keySet());
        known.addAll(RecipeSettings.of(architecture.recipe()).keySet());
        for (String key : settings.keySet()) {
            if (!key.contains(".") && !known.contains(key)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "%s is neither an option of %s nor a setting of its recipe%s, allowed is one of %s"
                                .formatted(key, chosen, Nearest.hint(key, known), String.join(", ", known)));
            }
        }
    }

    private RunPlan plan(Presets presets) throws IOException {
        ObjectNode file = JsonNodeFactory.instance.objectNode().put("preset", DEFAULT_PRESET);
        if (recipe.isPresent()) {
            file = RecipeFile.read(recipe.get());
        }
        requireKnown(presets, preset.orElse(file.path("preset").asText()));
        Map<String, String> changes = new LinkedHashMap<>(settings);
        changes.keySet().removeIf(key -> !RecipeSettings.isKey(key));
        Map<String, String> options = new LinkedHashMap<>(settings);
        options.keySet().removeIf(RecipeSettings::isKey);
        var request = new RunRequest(
                preset.orElse(null),
                data.path().toString(),
                epochs,
                limit,
                seed,
                batchSize,
                learningRate,
                name,
                data.clean().map(Cleaning::label),
                splitMode,
                Optional.of(options),
                Optional.of(RecipeSettings.with(file, changes)));
        return switch (request.check(presets, DataRoots.ANY)) {
            case RunRequest.Planned(RunPlan plan) -> plan;
            case RunRequest.Refused refused ->
                throw new ParameterException(
                        spec.commandLine(), refused.violations().getFirst().message());
        };
    }
}

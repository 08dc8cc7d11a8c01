package io.caracal.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.datasets.Cleaning;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Nearest;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Purpose;
import io.caracal.trainer.models.RecipeFile;
import io.caracal.trainer.models.RecipeSettings;
import io.caracal.trainer.runs.DataRoots;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.runs.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What is trained and how, on the command line.
final class RecipeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Architecture and its recipe; see describe. Default: that of --recipe, or else "
                    + "small-resnet, vit-ti-16 for pretrain.")
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

    /// @param fallback preset if none is named
    /// @throws ParameterException in one line, if something is not allowed
    RunPlan plan(
            Presets presets,
            DataOptions data,
            Optional<String> name,
            Optional<String> splitMode,
            Purpose purpose,
            String fallback)
            throws IOException {
        ObjectNode file = recipe.isPresent()
                ? RecipeFile.read(recipe.get())
                : JsonNodeFactory.instance.objectNode().put("preset", fallback);
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
        return switch (request.check(presets, DataRoots.ANY, purpose)) {
            case RunRequest.Planned(RunPlan plan) -> plan;
            case RunRequest.Refused refused ->
                throw new ParameterException(
                        spec.commandLine(), refused.violations().getFirst().message());
        };
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
}

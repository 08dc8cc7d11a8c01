package io.caracal.trainer.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Selection;
import io.caracal.datasets.Split;
import io.caracal.trainer.models.Augmentation;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.models.RecipeSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A run as somebody asks for it; what is left out is the preset's.
///
/// @param preset name of the architecture and its recipe; the recipe's if left out, one of them must be there
/// @param data path of a folder, zip or CSV with labelled images; null if it was not given
/// @param limit images that are used at most
/// @param seed of limit, split, weights, order and augmentation
/// @param name of the model; the preset's if left out
/// @param clean label of a [Cleaning]; `decode` if left out
/// @param splitMode label of a [Split.Mode]; `random` if left out
/// @param augmentation settings of [Augmentation] by name that differ from the preset's
/// @param options of the preset by name: `attention` to `local`
/// @param recipe settings as in a recipe file, with options of the preset as `options` in it, under the others of the
// request
public record RunRequest(
        String preset,
        String data,
        Optional<Integer> epochs,
        Optional<Integer> limit,
        Optional<Long> seed,
        Optional<Integer> batchSize,
        Optional<Float> learningRate,
        Optional<String> name,
        Optional<String> clean,
        Optional<String> splitMode,
        Optional<Map<String, String>> augmentation,
        Optional<Map<String, String>> options,
        @Schema(implementation = Recipe.class) Optional<ObjectNode> recipe) {
    private static final String PRESET = "preset";
    private static final String OPTIONS = "options";

    /// To check settings against when it is not known whose they are.
    private static final Recipe NEUTRAL = new Recipe("none", 10_000, 1, 1, 0);

    private static final int MIN_LIMIT = 10;

    /// Also the name of a folder in the model store and the key of a Kafka record.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /// With the preset as it is.
    public RunRequest(
            String preset,
            String data,
            Optional<Integer> epochs,
            Optional<Integer> limit,
            Optional<Long> seed,
            Optional<Integer> batchSize,
            Optional<Float> learningRate,
            Optional<String> name,
            Optional<String> clean,
            Optional<String> splitMode,
            Optional<Map<String, String>> augmentation) {
        this(
                preset,
                data,
                epochs,
                limit,
                seed,
                batchSize,
                learningRate,
                name,
                clean,
                splitMode,
                augmentation,
                Optional.empty(),
                Optional.empty());
    }

    /// @param field of the request
    /// @param message one line: what was given and what is allowed
    public record Violation(String field, String message) {}

    /// What a request comes to.
    public sealed interface Checked {}

    public record Planned(RunPlan plan) implements Checked {}

    /// @param violations everything that is wrong, not only the first
    public record Refused(List<Violation> violations) implements Checked {
        public Refused {
            violations = List.copyOf(violations);
        }
    }

    /// @param roots what may be named as data
    public Checked check(Presets presets, DataRoots roots) {
        List<Violation> violations = violations(presets, roots);
        return violations.isEmpty() ? new Planned(plan(presets)) : new Refused(violations);
    }

    private List<Violation> violations(Presets presets, DataRoots roots) {
        List<Violation> violations = new ArrayList<>();
        String architecture = architecture();
        boolean known = architecture != null && presets.names().contains(architecture);
        if (!known) {
            violations.add(given(PRESET, architecture, "one of " + String.join(", ", presets.names())));
        } else {
            optionsViolation(presets).ifPresent(violations::add);
        }
        dataViolation(roots).ifPresent(violations::add);
        Recipe base = known ? presets.named(architecture).recipe() : NEUTRAL;
        try {
            base = changed(base);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("recipe", e.getMessage()));
        }
        // Each by itself, so that everything that is wrong is told.
        attempt("epochs", epochs, base::withEpochs).ifPresent(violations::add);
        limit.filter(n -> n < MIN_LIMIT).ifPresent(n -> violations.add(given("limit", n, MIN_LIMIT + " or more")));
        attempt("batchSize", batchSize, base::withBatchSize).ifPresent(violations::add);
        attempt("learningRate", learningRate, base::withLearningRate).ifPresent(violations::add);
        name.filter(n -> !NAME.matcher(n).matches())
                .ifPresent(n -> violations.add(
                        given("name", n, "1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit")));
        clean.filter(rule -> Cleaning.named(rule).isEmpty())
                .ifPresent(rule -> violations.add(
                        given("clean", rule, oneOf(Stream.of(Cleaning.values()).map(Cleaning::label)))));
        splitMode
                .filter(mode -> Split.Mode.named(mode).isEmpty())
                .ifPresent(mode -> violations.add(given(
                        "splitMode", mode, oneOf(Stream.of(Split.Mode.values()).map(Split.Mode::label)))));
        try {
            augmented(Augmentation.DEFAULTS);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("augmentation", e.getMessage()));
        }
        return violations;
    }

    /// @throws IllegalArgumentException if a name or a value is not allowed, in one line
    private Augmentation augmented(Augmentation base) {
        Augmentation changed = base;
        for (Map.Entry<String, String> setting : augmentation.orElse(Map.of()).entrySet()) {
            changed = changed.with(setting.getKey(), setting.getValue());
        }
        return changed;
    }

    private static String oneOf(Stream<String> values) {
        return values.collect(Collectors.joining(", ", "one of ", ""));
    }

    private Optional<Violation> optionsViolation(Presets presets) {
        try {
            presets.named(architecture(), chosen());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Violation(OPTIONS, e.getMessage()));
        }
    }

    /// The recipe's options of the architecture, under the request's.
    private Map<String, String> chosen() {
        Map<String, String> chosen = new TreeMap<>();
        recipe.ifPresent(settings -> settings.path(OPTIONS)
                .properties()
                .forEach(option -> chosen.put(option.getKey(), option.getValue().asText())));
        options.ifPresent(chosen::putAll);
        return chosen;
    }

    private String architecture() {
        return preset != null
                ? preset
                : recipe.map(settings -> settings.path(PRESET).textValue()).orElse(null);
    }

    /// What is wrong with a change of the recipe.
    private static <T> Optional<Violation> attempt(String field, Optional<T> value, Consumer<T> change) {
        return value.flatMap(given -> {
            try {
                change.accept(given);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(new Violation(field, e.getMessage()));
            }
        });
    }

    private Recipe changed(Recipe base) {
        return recipe.map(settings ->
                        RecipeSettings.changed(base, settings.deepCopy().without(List.of(PRESET, OPTIONS))))
                .orElse(base);
    }

    private Optional<Violation> dataViolation(DataRoots roots) {
        if (data == null || data.isBlank()) {
            return Optional.of(given("data", null, "the path of a folder, zip or CSV with labelled images"));
        }
        try {
            return roots.refusal(Path.of(data))
                    .map(refusal -> new Violation("data", "data is " + data + ", " + refusal));
        } catch (InvalidPathException e) {
            return Optional.of(given("data", data, "the path of a folder, zip or CSV with labelled images"));
        }
    }

    private static Violation given(String field, Object value, String allowed) {
        return new Violation(
                field,
                value == null
                        ? field + " is missing, allowed is " + allowed
                        : field + " is " + value + ", allowed is " + allowed);
    }

    private RunPlan plan(Presets presets) {
        Recipe base = changed(presets.named(architecture()).recipe());
        Recipe changed = base.withEpochs(epochs.orElse(base.epochs()))
                .withBatchSize(batchSize.orElse(base.batchSize()))
                .withLearningRate(learningRate.orElse(base.learningRate()))
                .withSeed(seed.orElse(base.seed()))
                .withAugmentation(augmented(base.augmentation()));
        var selection = new Selection(
                clean.flatMap(Cleaning::named).orElse(Cleaning.DECODE),
                limit.map(OptionalInt::of).orElse(OptionalInt.empty()),
                splitMode.flatMap(Split.Mode::named).orElse(Split.Mode.RANDOM),
                changed.seed());
        return new RunPlan(name.orElse(architecture()), Path.of(data), selection, changed, chosen());
    }
}

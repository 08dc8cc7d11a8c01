package io.caracal.trainer.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Selection;
import io.caracal.datasets.Split;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Purpose;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.models.RecipeSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
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
/// @param options of the preset by name: `attention` to `local`
/// @param recipe settings as in a recipe file, with the preset's options as `options` in it, under the request's others
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
        Optional<Map<String, String>> options,
        @Schema(implementation = Recipe.class) Optional<ObjectNode> recipe) {
    private static final String PRESET = "preset";
    private static final String OPTIONS = "options";

    /// To check settings against when it is not known whose they are.
    private static final Recipe NEUTRAL = new Recipe("none", 10_000, 1, 1, 0);

    private static final int MIN_LIMIT = 10;

    /// Also the name of a folder in the model store and the key of a Kafka record.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

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
        return check(presets, roots, Purpose.LABELS);
    }

    /// @param roots what may be named as data
    public Checked check(Presets presets, DataRoots roots, Purpose purpose) {
        List<Violation> violations = violations(presets, roots, purpose);
        return violations.isEmpty() ? new Planned(plan(presets, purpose)) : new Refused(violations);
    }

    private List<Violation> violations(Presets presets, DataRoots roots, Purpose purpose) {
        List<Violation> violations = new ArrayList<>();
        String preset = architecture();
        Optional<Architecture> architecture = Optional.empty();
        if (preset == null || !presets.names().contains(preset)) {
            violations.add(presetViolation(presets, preset));
        } else {
            Optional<Violation> wrong = optionsViolation(presets);
            wrong.ifPresent(violations::add);
            architecture = wrong.isPresent() ? Optional.empty() : Optional.of(presets.named(preset, chosen()));
        }
        dataViolation(roots).ifPresent(violations::add);
        violations.addAll(recipeViolations(architecture, roots, purpose));
        limit.filter(n -> n < MIN_LIMIT).ifPresent(n -> violations.add(given("limit", n, MIN_LIMIT + " or more")));
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
        return violations;
    }

    private List<Violation> recipeViolations(Optional<Architecture> architecture, DataRoots roots, Purpose purpose) {
        Recipe base = architecture.map(purpose::recipe).orElse(NEUTRAL);
        try {
            Recipe recipe = changed(base);
            if (architecture.isPresent()) {
                purpose.check(recipe, architecture.get());
            }
            return startViolation(recipe, roots).stream().toList();
        } catch (IllegalArgumentException together) {
            // Each by itself, so that everything that is wrong is told; some are wrong only together.
            List<Violation> each = new ArrayList<>();
            attempt("recipe", () -> RecipeSettings.changed(base, file())).ifPresent(each::add);
            fields().forEach((field, value) ->
                    attempt(field, () -> base.with(field, value)).ifPresent(each::add));
            return each.isEmpty() ? List.of(new Violation("recipe", together.getMessage())) : each;
        }
    }

    private static Violation presetViolation(Presets presets, String unknown) {
        return unknown == null
                ? given(PRESET, null, oneOf(presets.names().stream()))
                : attempt(PRESET, () -> presets.named(unknown)).orElseThrow();
    }

    private static String oneOf(Stream<String> values) {
        return values.collect(Collectors.joining(", ", "one of ", ""));
    }

    private Optional<Violation> optionsViolation(Presets presets) {
        Optional<JsonNode> ofRecipe = recipe.map(settings -> settings.get(OPTIONS));
        if (ofRecipe.filter(settings -> !settings.isObject() && !settings.isNull())
                .isPresent()) {
            return Optional.of(given(OPTIONS, ofRecipe.get(), "a value for each name of an option"));
        }
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

    private static Optional<Violation> attempt(String field, Runnable change) {
        try {
            change.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Violation(field, e.getMessage()));
        }
    }

    private Recipe changed(Recipe base) {
        return RecipeSettings.changed(base, RecipeSettings.with(file(), fields()));
    }

    /// The settings of the recipe file.
    private ObjectNode file() {
        ObjectNode settings = recipe.map(ObjectNode::deepCopy).orElseGet(JsonNodeFactory.instance::objectNode);
        settings.remove(List.of(PRESET, OPTIONS));
        return settings;
    }

    /// The settings of the recipe that are fields of a request.
    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        epochs.ifPresent(value -> fields.put("epochs", value));
        batchSize.ifPresent(value -> fields.put("batchSize", value));
        learningRate.ifPresent(value -> fields.put("learningRate", value));
        seed.ifPresent(value -> fields.put("seed", value));
        return fields;
    }

    /// A file of weights may be named where data may.
    private Optional<Violation> startViolation(Recipe recipe, DataRoots roots) {
        String weights = recipe.start().weights();
        if (recipe.start().fromScratch()) {
            return Optional.empty();
        }
        try {
            return roots.refusal(Path.of(weights))
                    .map(refusal -> new Violation("recipe", "start.weights is " + weights + ", " + refusal));
        } catch (InvalidPathException e) {
            return Optional.of(
                    new Violation("recipe", "start.weights is " + weights + ", allowed is the path of a file"));
        }
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

    private RunPlan plan(Presets presets, Purpose purpose) {
        Recipe changed = changed(purpose.recipe(presets.named(architecture(), chosen())));
        var selection = new Selection(
                clean.flatMap(Cleaning::named).orElse(Cleaning.DECODE),
                limit.map(OptionalInt::of).orElse(OptionalInt.empty()),
                splitMode.flatMap(Split.Mode::named).orElse(Split.Mode.RANDOM),
                changed.seed());
        return new RunPlan(name.orElse(architecture()), Path.of(data), selection, changed, chosen());
    }
}

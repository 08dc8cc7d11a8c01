package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeSettingsTest {
    private static final Recipe BASE = new Recipe("seed-cnn", 10, 100, 1e-3f, 0);

    @TempDir
    Path folder;

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }

    @Test
    void defaultsAreThePublishedRecipes() {
        // When
        Map<String, String> settings = RecipeSettings.of(BASE);

        // Then
        assertThat(settings)
                .containsEntry("preset", "seed-cnn")
                .containsEntry("epochs", "10")
                .containsEntry("batchSize", "100")
                .containsEntry("learningRate", "0.001")
                .containsEntry("seed", "0")
                .containsEntry("optimizer.rule", "adam")
                .containsEntry("optimizer.momentum", "0.9")
                .containsEntry("optimizer.nesterov", "false")
                .containsEntry("optimizer.beta1", "0.9")
                .containsEntry("optimizer.beta2", "0.999")
                .containsEntry("optimizer.epsilon", "1.0E-8")
                .containsEntry("optimizer.weightDecay", "0.0")
                .containsEntry("optimizer.clipNorm", "0.0")
                .containsEntry("optimizer.accumulate", "1")
                .containsEntry("optimizer.emaDecay", "0.0")
                .containsEntry("schedule.shape", "constant")
                .containsEntry("schedule.warmUpEpochs", "0.0")
                .containsEntry("schedule.floor", "0.0")
                .containsEntry("schedule.stepEpochs", "30")
                .containsEntry("schedule.stepFactor", "0.1")
                .containsEntry("labelSmoothing", "0.0")
                .containsEntry("patience", "0")
                .containsEntry("start.weights", "")
                .containsEntry("start.positions", "bicubic-antialias")
                .containsEntry("evalLegacy", "false")
                .containsEntry("adapt.freeze", "none")
                .containsEntry("adapt.layerDecay", "1.0")
                .containsEntry("export.patchTokens", "false")
                .containsEntry("masked.share", "0.5")
                .containsEntry("masked.token", "0.8")
                .containsEntry("masked.random", "0.1");
    }

    @Test
    void whatIsGivenIsChangedAndNothingElse() throws IOException {
        // When
        Recipe changed = RecipeSettings.changed(BASE, yaml("""
                learningRate: 1e-4
                seed: 9000000000
                optimizer: {rule: adamw, weightDecay: 0.05, clipNorm: 1}
                schedule:
                  shape: cosine
                  warmUpEpochs: 1.5
                evalLegacy: true
                """));

        // Then
        assertThat(changed)
                .isEqualTo(BASE.with("learningRate", 1e-4f)
                        .with("seed", 9_000_000_000L)
                        .with(
                                "optimizer",
                                new OptimizerSettings(Rule.ADAMW, .9f, false, .9f, .999f, 1e-8f, .05f, 1, 1, 0))
                        .with("schedule", new Schedule(Schedule.Shape.COSINE, 1.5f, 0, 30, .1f))
                        .with("evalLegacy", true));
    }

    @Test
    void keysOfTheCommandLineGoOverThoseOfAFile() throws IOException {
        // When
        Recipe changed = RecipeSettings.changed(
                BASE,
                RecipeSettings.with(
                        (ObjectNode) yaml("{epochs: 5, optimizer: {rule: adamw, weightDecay: 0.5}}"),
                        Map.of("optimizer.rule", "sgd", "optimizer.nesterov", "true", "epochs", "3")));

        // Then
        assertThat(changed.epochs()).isEqualTo(3);
        assertThat(changed.optimizer().rule()).isEqualTo(Rule.SGD);
        assertThat(changed.optimizer().nesterov()).isTrue();
        assertThat(changed.optimizer().weightDecay()).isEqualTo(.5f);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                epoch: 3                     | epoch is not a setting (did you mean epochs?), allowed is one of preset, epochs, batchSize,
                optimizer: {weightdecay: 1}  | optimizer.weightdecay is not a setting (did you mean optimizer.weightDecay?), allowed is one of
                optimizer: adam              | optimizer is adam, allowed are settings of its own: optimizer.rule,
                optimizer: {rule: lion}      | optimizer.rule is lion, allowed is one of sgd, adam, adamw
                optimizer: {nesterov: maybe} | optimizer.nesterov is maybe, allowed is true or false
                optimizer: {nesterov: true}  | optimizer.nesterov is true, allowed is false, unless the rule is sgd
                optimizer: {momentum: 1}     | optimizer.momentum is 1.0, allowed is 0 or more, less than 1
                optimizer: {momentum: 0.8}   | optimizer.momentum is 0.8, allowed is 0.9, unless the rule is sgd
                optimizer: {rule: sgd, beta1: 0.8} | optimizer.beta1 is 0.8, allowed is 0.9: the rule sgd has none
                schedule: {floor: 0.1}       | schedule.floor is 0.1, allowed is 0, unless the shape is cosine
                schedule: {stepFactor: 0.5}  | schedule.stepFactor is 0.5, allowed is 0.1, unless the shape is step
                adapt: {freeze: head}        | adapt.freeze is head, allowed is none, embedding, a number of blocks
                adapt: {freeze: 0}           | adapt.freeze is 0, allowed is none, embedding, a number of blocks
                adapt: {layerDecay: 0}       | adapt.layerDecay is 0.0, allowed is more than 0, at most 1
                adapt: {freeze: all-but-head, layerDecay: 0.5} | adapt.layerDecay is 0.5, allowed is 1 if adapt.freeze
                schedule: {warmUpEpochs: 10} | schedule.warmUpEpochs is 10.0, allowed is less than the 10 epochs
                start: {positions: nearest}  | start.positions is nearest, allowed is one of bicubic-antialias, bicubic,
                start: {positions: bicubic}  | start.positions is bicubic, allowed is bicubic-antialias where there is no
                epochs: 0                    | epochs is 0, allowed is 1 to 10000
                epochs: 2.5                  | epochs is 2.5, allowed is a whole number
                epochs: [1]                  | epochs is [1], allowed is a single value
                learningRate: fast           | learningRate is fast, allowed is a number
                """)
    void whatIsNotAllowedIsToldInOneLine(String changes, String message) throws IOException {
        // Given
        JsonNode given = yaml(changes);

        // When, Then
        assertThatThrownBy(() -> RecipeSettings.changed(BASE, given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void filesOfThisProjectAreTheirPresetsRecipes() throws IOException {
        // Given
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("recipes"))) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files) {

            // When
            var settings = RecipeFile.read(file);
            Recipe preset =
                    new Presets().named(settings.path("preset").asText()).recipe();
            Recipe recipe = RecipeSettings.changed(preset, settings);

            // Then
            if (file.endsWith(recipe.preset() + ".yaml")) {
                assertThat(recipe).as("%s", file).isEqualTo(preset);
            }
        }
    }

    @Test
    void damagedFilesAreRefusedInOneLine() throws IOException {
        // Given
        byte[] whole = Files.readAllBytes(Path.of("recipes/seed-cnn.yaml"));
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("damaged.yaml"), damaged);

            // When
            try {
                RecipeSettings.changed(BASE, RecipeFile.read(file));
            } catch (IllegalArgumentException e) {
                // Then
                assertThat(e.getMessage().lines()).hasSize(1);
            }
        }
    }
}

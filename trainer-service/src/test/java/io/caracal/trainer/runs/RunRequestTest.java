package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Selection;
import io.caracal.datasets.Split;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRequestTest {
    private static final Presets PRESETS = new Presets();

    @TempDir
    Path data;

    private static RunRequest minimal(String preset, String data) {
        return new RunRequest(
                preset,
                data,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> messages(RunRequest request) {
        return switch (request.check(PRESETS, DataRoots.ANY)) {
            case RunRequest.Refused refused ->
                refused.violations().stream().map(RunRequest.Violation::message).toList();
            case RunRequest.Planned planned -> List.of();
        };
    }

    @Test
    void whatIsLeftOutIsThePresets() {
        // When
        RunRequest.Checked checked = minimal("seed-vit", data.toString()).check(PRESETS, DataRoots.ANY);

        // Then as the published recipe has it: spec 2.2
        assertThat(checked)
                .isEqualTo(new RunRequest.Planned(
                        new RunPlan("seed-vit", data, Selection.all(0), new Recipe("seed-vit", 20, 64, 3e-5f, 0))));
    }

    @Test
    void whatIsGivenIsTaken() {
        // Given
        var request = new RunRequest(
                "seed-cnn",
                data.toString(),
                Optional.of(2),
                Optional.of(50),
                Optional.of(9L),
                Optional.of(16),
                Optional.of(0.01f),
                Optional.of("cats-and-dogs"),
                Optional.of("jfif512"),
                Optional.of("stratified"),
                Optional.empty(),
                Optional.of(new ObjectMapper().createObjectNode().put("labelSmoothing", .1)));

        // When
        RunRequest.Checked checked = request.check(PRESETS, DataRoots.ANY);

        // Then
        assertThat(checked)
                .isEqualTo(new RunRequest.Planned(new RunPlan(
                        "cats-and-dogs",
                        data,
                        new Selection(Cleaning.JFIF512, OptionalInt.of(50), Split.Mode.STRATIFIED, 9),
                        new Recipe("seed-cnn", 2, 16, 0.01f, 9).with("labelSmoothing", .1f))));
    }

    @Test
    void recipeIsUnderWhatIsGiven() throws IOException {
        // Given
        var recipe = (ObjectNode) new ObjectMapper()
                .readTree("{\"preset\": \"seed-vit\", \"epochs\": 7, \"seed\": 5, \"optimizer\": {\"rule\": \"sgd\"}}");
        var request = new RunRequest(
                null,
                data.toString(),
                Optional.of(3),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(recipe));

        // When
        RunRequest.Checked checked = request.check(PRESETS, DataRoots.ANY);

        // Then
        assertThat(checked)
                .isEqualTo(new RunRequest.Planned(new RunPlan(
                        "seed-vit",
                        data,
                        Selection.all(5),
                        new Recipe("seed-vit", 3, 64, 3e-5f, 5)
                                .with(
                                        "optimizer",
                                        new OptimizerSettings(Rule.SGD, .9f, false, .9f, .999f, 1e-8f, 0, 0, 1, 0)))));
    }

    @Test
    void wrongRecipeIsTold() throws IOException {
        // Given
        var recipe =
                (ObjectNode) new ObjectMapper().readTree("{\"preset\": \"seed-cnn\", \"optimizer\": {\"rul\": 1}}");
        RunRequest request = of(recipe);

        // When
        List<String> messages = messages(request);

        // Then
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith(
                        "optimizer.rul is not a setting (did you mean optimizer.rule?), allowed is one of optimizer.rule, ");
    }

    @Test
    void optionsOfARecipeThatHaveNoNamesAreTold() throws IOException {
        // Given
        var recipe = (ObjectNode)
                new ObjectMapper().readTree("{\"preset\": \"vit-ti-16\", \"options\": \"attention=local\"}");

        // When
        List<String> messages = messages(of(recipe));

        // Then
        assertThat(messages)
                .containsExactly("options is \"attention=local\", allowed is a value for each name of an option");
    }

    /// Weights may lie where data may.
    @Test
    void weightsMustLieInARoot(@TempDir Path elsewhere) throws IOException {
        // Given
        Path weights = Files.writeString(
                Files.createDirectories(data.resolve("weights")).resolve("a.safetensors"), "");
        Path outside = Files.writeString(elsewhere.resolve("b.safetensors"), "");
        var roots = new DataRoots(List.of(data));

        // When
        RunRequest.Checked inside = startingFrom(weights).check(PRESETS, roots);
        RunRequest.Checked refused = startingFrom(outside).check(PRESETS, roots);

        // Then
        assertThat(inside).isInstanceOf(RunRequest.Planned.class);
        assertThat(refused)
                .isEqualTo(new RunRequest.Refused(List.of(new RunRequest.Violation(
                        "recipe", "start.weights is " + outside + ", allowed is what there is in " + data))));
    }

    @Test
    void weightsThatAreNotThereAreTold() {
        // When
        List<String> messages = messages(startingFrom(data.resolve("nowhere.safetensors")));

        // Then
        assertThat(messages)
                .containsExactly("start.weights is " + data.resolve("nowhere.safetensors")
                        + ", there is no such file or folder");
    }

    private RunRequest startingFrom(Path weights) {
        ObjectNode recipe = new ObjectMapper().createObjectNode();
        recipe.put("preset", "seed-cnn").putObject("start").put("weights", weights.toString());
        return of(recipe);
    }

    @Test
    void optionsOfThePresetAreTaken() {
        // Given
        RunRequest request = withOptions("vit-ti-16", Map.of("attention", "local", "image-size", "64"));

        // When
        RunRequest.Checked checked = request.check(PRESETS, DataRoots.ANY);

        // Then
        assertThat(checked)
                .isInstanceOfSatisfying(
                        RunRequest.Planned.class,
                        planned -> assertThat(planned.plan().options())
                                .isEqualTo(Map.of("attention", "local", "image-size", "64")));
    }

    @Test
    void anOptionThatThePresetDoesNotHaveIsTold() {
        // When
        List<String> messages = messages(withOptions("vit-ti-16", Map.of("attention", "lokal")));

        // Then
        assertThat(messages)
                .containsExactly("attention is lokal, allowed is one of full, local, block, axial, axial-lite,"
                        + " axial-joint, sparse-strided, sparse-fixed");
    }

    @Test
    void whatCannotBeExportedIsToldBeforeTheTraining() throws IOException {
        // Given
        var tokens = (ObjectNode)
                new ObjectMapper().readTree("{\"preset\": \"resnet-18\", \"export\": {\"patchTokens\": true}}");
        var tooLarge = (ObjectNode) new ObjectMapper().readTree("{\"preset\": \"vit-h-14\"}");
        var enlarged = (ObjectNode) new ObjectMapper()
                .readTree("{\"preset\": \"vit-l-16\", \"options\": {\"attention\": \"axial\", \"pool\": \"mean\"}}");
        var lowered = (ObjectNode)
                new ObjectMapper().readTree("{\"preset\": \"vit-h-14\", \"options\": {\"depth\": \"12\"}}");

        // When
        List<String> withoutPatches = messages(of(tokens));
        List<String> withoutRoom = messages(of(tooLarge));
        List<String> withOptions = messages(of(enlarged));
        List<String> withRoom = messages(of(lowered));

        // Then
        assertThat(withoutPatches)
                .containsExactly(
                        "export.patchTokens is true, allowed is false with resnet-18: it does not end in patches");
        assertThat(withoutRoom)
                .containsExactly("preset is vit-h-14, allowed is one whose weights take less than 2048 MiB, the most"
                        + " that an ONNX file holds: these take 2406 MiB");
        assertThat(withOptions)
                .singleElement()
                .asString()
                .startsWith("preset is vit-l-16, allowed is one whose weights take less than 2048 MiB");
        assertThat(withRoom).isEmpty();
    }

    private RunRequest of(ObjectNode recipe) {
        return new RunRequest(
                null,
                data.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(recipe));
    }

    private RunRequest withOptions(String preset, Map<String, String> options) {
        return new RunRequest(
                preset,
                data.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(options),
                Optional.empty());
    }

    @Test
    void everythingThatIsWrongIsTold() {
        // Given
        var request = new RunRequest(
                "seed-rnn",
                null,
                Optional.of(0),
                Optional.of(9),
                Optional.empty(),
                Optional.of(5_000),
                Optional.of(Float.NaN),
                Optional.of("../../etc"),
                Optional.of("thoroughly"),
                Optional.of("STRATIFIED"),
                Optional.empty(),
                Optional.of(new ObjectMapper().createObjectNode().put("labelSmoothing", 2)));

        // When
        List<String> messages = messages(request);

        // Then
        assertThat(messages)
                .containsExactly(
                        "preset is seed-rnn (did you mean seed-cnn?), allowed is one of "
                                + String.join(", ", PRESETS.names()),
                        "data is missing, allowed is the path of a folder, zip or CSV with labelled images",
                        "labelSmoothing is 2.0, allowed is 0 or more, less than 1",
                        "epochs is 0, allowed is 1 to 10000",
                        "batchSize is 5000, allowed is 1 to 4096",
                        "learningRate is NaN, allowed is a number",
                        "limit is 9, allowed is 10 or more",
                        "name is ../../etc, allowed is 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or"
                                + " digit",
                        "clean is thoroughly, allowed is one of decode, jfif512, jfif4096",
                        "splitMode is STRATIFIED, allowed is one of random, stratified");
    }

    @Test
    void dataThatIsNotThereIsTold() {
        // When
        List<String> messages = messages(minimal("seed-cnn", "/no/such/place"));

        // Then
        assertThat(messages).containsExactly("data is /no/such/place, there is no such file or folder");
    }

    @Test
    void dataThatIsNoPathIsTold() {
        // When
        List<String> messages = messages(minimal("seed-cnn", "a\0b"));

        // Then
        assertThat(messages)
                .singleElement()
                .asString()
                .endsWith("allowed is the path of a folder, zip or CSV with labelled images");
    }
}

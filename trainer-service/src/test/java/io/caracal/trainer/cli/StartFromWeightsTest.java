package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.data.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartFromWeightsTest {
    @TempDir
    static Path shared;

    private static Path data;

    /// Trained once for all tests; its checkpoint and the weights of its only epoch.
    private static Ran first;

    private static Path checkpoint;
    private static Path weights;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainFirst() throws IOException {
        data = TestImages.folder(Files.createDirectory(shared.resolve("photos")), 40);
        checkpoint = shared.resolve("first");
        first = train("--checkpoint", checkpoint, "--out", shared.resolve("first.onnx"));
        weights = checkpoint.resolve("best-1.safetensors");
    }

    private static Ran train(Object... more) {
        Stream<Object> always = Stream.of("train", "--data", data, "--epochs", 1, "--batch-size", 8);
        return Ran.of(Stream.concat(always, Stream.of(more)).toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"first/best-1.safetensors", "first.onnx"})
    void runGoesOnFromTheWeightsOfAnother(String file) throws IOException {
        // Given
        Path before = shared.resolve(file);
        Path figures = folder.resolve("figures.json");

        // When
        Ran second = train(
                "--set",
                "start.weights=" + before,
                "--learning-rate",
                1e-30,
                "--json",
                figures,
                "--out",
                folder.resolve("second.onnx"));

        // Then nothing learns in the second run, so its validation is the first one's
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out())
                .contains("start   " + before + ", layout timm: ")
                .contains("start   head kept, 2 classes");
        assertThat(validation(second.out())).isEqualTo(validation(first.out()));
        JsonNode card = new ObjectMapper().readTree(figures.toFile()).path("card");
        assertThat(card.path("provenance").path("start.sha256").asText()).hasSize(64);
        assertThat(card.path("provenance").path("recipe.start.weights").asText())
                .isEqualTo(before.toString());
    }

    @Test
    void positionsAreInterpolatedToLargerImages() {
        // Given
        train(
                "--preset",
                "vit-ti-16",
                "--set",
                "image-size=32",
                "--checkpoint",
                folder.resolve("small"),
                "--out",
                folder.resolve("small.onnx"));

        // When
        Ran large = train(
                "--preset",
                "vit-ti-16",
                "--set",
                "image-size=48",
                "--out",
                folder.resolve("large.onnx"),
                "--set",
                "start.weights=" + folder.resolve("small/best-1.safetensors"),
                "--set",
                "start.positions=bicubic");

        // Then
        assertThat(large.exitCode()).as(large.err()).isZero();
        assertThat(large.out()).contains("start   positions 2x2 to 3x3, bicubic");
    }

    @Test
    void runThatGoesOnIsNotStartedAgain() {
        // Given
        Object[] again = {
            "--set",
            "start.weights=" + weights,
            "--checkpoint",
            folder.resolve("second"),
            "--out",
            folder.resolve("second.onnx")
        };
        Ran second = train(again);

        // When
        Ran resumed = train(again);

        // Then
        assertThat(second.out()).contains("start   ");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).doesNotContain("start   ");
        assertThat(validation(resumed.out())).isEqualTo(validation(second.out()));
    }

    /// Other weights are another run.
    @Test
    void checkpointOfAnotherStartIsRefused() {
        // When
        Ran ran = train(
                "--set",
                "start.weights=" + weights,
                "--checkpoint",
                checkpoint,
                "--out",
                folder.resolve("second.onnx"));

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("was trained with start.weights ").hasLineCount(1);
    }

    @Test
    void weightsOfAnotherPresetAreToldBeforeTheDataIsRead() {
        // When
        Ran ran = train(
                "--preset", "vit-ti-16", "--set", "start.weights=" + weights, "--out", folder.resolve("second.onnx"));

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith(
                        "caracal train: start.weights is " + weights + ", which is not for vit-ti-16 as it is set: ")
                .hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void wrongFileIsToldInOneLineAndNothingIsWritten() throws IOException {
        // Given
        Path text = Files.writeString(folder.resolve("weights.safetensors"), "these are no weights");
        Path model = folder.resolve("model.onnx");

        // When
        Ran ran = train("--set", "start.weights=" + text, "--out", model);

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualToIgnoringNewLines("caracal train: start.weights is " + text
                        + ", which is no file of weights; allowed are safetensors, .npz and .onnx");
        assertThat(ran.out()).isEmpty();
        assertThat(model).doesNotExist();
    }

    private static String validation(String out) {
        return out.lines().filter(line -> line.startsWith("valid")).findFirst().orElseThrow();
    }
}

package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainVerbTest {
    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private Path data;

    /// Images in one folder, without any label.
    @BeforeEach
    void images() throws IOException {
        Path labelled = TestImages.folder(Files.createDirectory(folder.resolve("labelled")), IMAGES);
        data = Files.createDirectory(folder.resolve("photos"));
        for (String label : List.of("cool", "warm")) {
            for (int i = 0; i < IMAGES / 2; i++) {
                Files.move(labelled.resolve(label).resolve(i + ".png"), data.resolve(label + i + ".png"));
            }
        }
        Files.writeString(data.resolve("broken.png"), "damaged");
    }

    private Ran pretrain(Path out, Object... more) {
        return Ran.of(Stream.concat(
                        Stream.of(
                                "pretrain",
                                "--data",
                                data,
                                "--preset",
                                "vit-ti-16",
                                "--set",
                                "image-size=32",
                                "--batch-size",
                                8,
                                "--seed",
                                3,
                                "--threads",
                                1,
                                "--out",
                                out),
                        Stream.of(more))
                .toArray());
    }

    @Test
    void fileHasTheModelsOwnNamesAndShapesWithoutItsHead() throws IOException {
        // Given
        Path out = folder.resolve("weights.safetensors");
        Path json = folder.resolve("figures.json");

        // When
        Ran ran = pretrain(out, "--epochs", 1, "--json", json);

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("41 images: 25 to train, 7 to validate, 9 held out")
                .contains("2 of 4 patches of an image are asked for")
                .containsPattern("epoch {2}1/1 {2}loss .* validation 0\\.\\d{3} \\(commonest class 0\\.\\d{3}\\)")
                .contains("train with --set start.weights=" + out);
        Map<String, String> expected = new TreeMap<>();
        new Presets()
                .named("vit-ti-16", Map.of("image-size", "32"))
                .layers(2)
                .weights()
                .forEach((name, weight) -> expected.put(name, Arrays.toString(weight.shape())));
        expected.remove("head.weight");
        expected.remove("head.bias");
        SafeTensors written = SafeTensors.read(out);
        Map<String, String> shapes = new TreeMap<>();
        written.tensors().forEach((name, tensor) -> shapes.put(name, Arrays.toString(tensor.shape())));
        assertThat(shapes).isEqualTo(expected);
        assertThat(written.metadata()).containsEntry("preset", "vit-ti-16").containsEntry("format", "pt");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.at("/commonest").asDouble()).isBetween(0.0, 1.0);
        assertThat(figures.at("/epochs")).hasSize(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()).toList())
                    .noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void runThatIsDoneGoesOnFromItsCheckpointToTheSameFile() throws IOException {
        // Given: a cosine would depend on where it ends
        List<String> constant = List.of("--set", "schedule.shape=constant", "--set", "schedule.warmUpEpochs=0");
        Path whole = folder.resolve("whole.safetensors");
        Path resumed = folder.resolve("resumed.safetensors");
        Path checkpoint = folder.resolve("checkpoint");
        pretrain(
                whole,
                Stream.concat(constant.stream(), Stream.of("--epochs", 2)).toArray());
        pretrain(
                resumed,
                Stream.concat(constant.stream(), Stream.of("--epochs", 1, "--checkpoint", checkpoint))
                        .toArray());

        // When
        Ran ran = pretrain(
                resumed,
                Stream.concat(constant.stream(), Stream.of("--epochs", 2, "--checkpoint", checkpoint))
                        .toArray());

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("epoch  2/2").doesNotContain("epoch  1/2");
        assertThat(resumed).hasSameBinaryContentAs(whole);
    }

    @Test
    void trainingStartsFromWhatPretrainingLeaves() throws IOException {
        // Given
        Path weights = folder.resolve("weights.safetensors");
        pretrain(weights, "--epochs", 1);
        Path labelled = TestImages.folder(folder.resolve("sorted"), IMAGES);
        Path checkpoint = folder.resolve("checkpoint");

        // When a training lets only the head learn
        Ran ran = Ran.of(
                "train",
                "--data",
                labelled,
                "--preset",
                "vit-ti-16",
                "--set",
                "image-size=32",
                "--set",
                "start.weights=" + weights,
                "--set",
                "adapt.freeze=all-but-head",
                "--batch-size",
                8,
                "--epochs",
                1,
                "--checkpoint",
                checkpoint,
                "--out",
                folder.resolve("model.onnx"));

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("start ");
        Map<String, SafeTensors.Values> before = SafeTensors.read(weights).tensors();
        Map<String, SafeTensors.Values> after =
                SafeTensors.read(checkpoint.resolve("checkpoint.safetensors")).tensors();
        before.forEach((name, tensor) -> {
            boolean head = name.startsWith("norm.");
            assertThat(Arrays.equals(tensor.values(), after.get(name).values()))
                    .as(name)
                    .isEqualTo(!head);
        });
        assertThat(after.keySet()).noneMatch(name -> name.startsWith("adam.mean.blocks."));
    }

    @Test
    void whatHasNoEffectOrDoesNotSuitIsOneLine() {
        // Given
        Path out = folder.resolve("weights.safetensors");
        Map<List<String>, String> misuses = Map.of(
                List.of("--preset", "resnet-18"),
                "preset is resnet-18, allowed in pre-training is a Vision Transformer",
                List.of("--preset", "vit-ti-16", "--set", "adapt.freeze=2"),
                "adapt.freeze is 2, allowed is none: it has no effect in pre-training",
                List.of("--preset", "vit-ti-16", "--set", "start.weights=other.safetensors"),
                "start.weights is other.safetensors, allowed is",
                List.of("--preset", "vit-ti-16", "--set", "augmentation.mixup=0.8"),
                "augmentation.mixup is 0.8, allowed is 0.0: it has no effect in pre-training",
                List.of("--preset", "vit-ti-16", "--set", "masked.share=0"),
                "masked.share is 0.0, allowed is more than 0, at most 1",
                List.of("--preset", "vit-ti-16", "--set", "image-size=16"),
                "image-size is 16, allowed is at least two patches in a row");
        misuses.forEach((arguments, message) -> {

            // When
            Ran ran = Ran.of(Stream.concat(Stream.of("pretrain", "--data", data, "--out", out), arguments.stream())
                    .toArray());

            // Then
            assertThat(ran.exitCode()).as("%s", arguments).isNotZero();
            assertThat(ran.err().strip()).as("%s", arguments).hasLineCount(1).contains(message);
        });
        assertThat(out).doesNotExist();
    }

    @Test
    void maskingInATrainingIsRefused() {
        // When
        Ran ran = Ran.of("train", "--data", data, "--preset", "vit-ti-16", "--set", "masked.share=0.3");

        // Then
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("masked.share is 0.3, allowed is 0.5: it has no effect in training");
    }
}

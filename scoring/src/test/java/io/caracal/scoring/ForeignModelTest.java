package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.imaging.Filter;
import io.caracal.imaging.Geometry;
import io.caracal.onnx.Graph;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignModelTest {
    private static final String CARD = """
            name: foreign
            labels: [red, green, blue]
            input:
              layout: float-nchw
              width: 4
              height: 4
              mean: [0.5, 0.25, 0.0]
              std: [0.5, 0.25, 2.0]
            resize:
              rule: short-side-crop
              shortSide: 5
              filter: linear
            output:
              kind: logits
            """;

    @TempDir
    Path folder;

    /// Three images through an open batch, a batch of one (three runs) and a batch of two (two runs, one padded).
    @ParameterizedTest
    @ValueSource(longs = {Graph.BATCH, 1, 2})
    void normalisesAndTransposesForAnyBatch(long batch) throws Exception {
        // Given
        Path file = Files.write(folder.resolve("foreign.onnx"), TinyModels.planar(batch, false));
        Files.writeString(folder.resolve("foreign.card.yaml"), CARD);
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            // When
            Scores scores = classifier.score(TinyModels.images(0xff0000, 0x00ff00, 0x0000ff), 3);

            // Then: (value / 255 - mean) / std
            assertThat(scores.logits()[0]).containsExactly(new float[] {1, -1, 0}, within(1e-6f));
            assertThat(scores.logits()[1]).containsExactly(new float[] {-1, 3, 0}, within(1e-6f));
            assertThat(scores.logits()[2]).containsExactly(new float[] {-1, -1, 0.5f}, within(1e-6f));
        }
    }

    @Test
    void takesNamesAndBatchFromTheGraph() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("foreign.onnx"), TinyModels.planar(1, false));
        Files.writeString(folder.resolve("foreign.card.yml"), CARD);

        // When
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            // Then
            assertThat(classifier.card().input().name()).isEqualTo("data");
            assertThat(classifier.card().input().batch()).isEqualTo(1);
            assertThat(classifier.card().output().name()).isEqualTo("out");
            assertThat(classifier.preprocessing().geometry()).isEqualTo(new Geometry.ShortSideCrop(5, 4, 4));
            assertThat(classifier.preprocessing().filter()).isEqualTo(Filter.LINEAR);
        }
    }

    @Test
    void readsTheLabelsFromAFileBesideTheCard() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("foreign.onnx"), TinyModels.planar(1, false));
        Files.writeString(folder.resolve("names.txt"), "tench\ngoldfish\nwhite shark\n");
        Files.writeString(folder.resolve("foreign.card.yaml"), CARD.replace("[red, green, blue]", "names.txt"));

        // When
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            // Then
            assertThat(classifier.card().labels()).containsExactly("tench", "goldfish", "white shark");
        }
    }

    @Test
    void givesTheLogarithmOfProbabilitiesAsLogits() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("foreign.onnx"), TinyModels.planar(1, true));
        Files.writeString(folder.resolve("foreign.card.yaml"), CARD.replace("kind: logits", "kind: probabilities"));
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            // When
            Scores scores = classifier.score(TinyModels.images(0xff0000), 1);

            // Then: softmax of (1, -1, 0)
            assertThat(scores.probabilities()[0])
                    .containsExactly(new float[] {0.665241f, 0.090031f, 0.244728f}, within(1e-6f));
            assertThat(scores.logits()[0])
                    .containsExactly(new float[] {-0.40761f, -2.40761f, -1.40761f}, within(1e-5f));
        }
    }

    @Test
    void findsLogitsThatTheCardCallsProbabilities() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("foreign.onnx"), TinyModels.planar(1, false));
        Files.writeString(folder.resolve("foreign.card.yaml"), CARD.replace("kind: logits", "kind: probabilities"));

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessage("model file " + file + ": the card says PROBABILITIES, but those of a black image sum to"
                        + " -2.0: [-1.0, -1.0, 0.0]");
    }

    @Test
    void refusesAModelWhoseScoresAreNotFinite() throws Exception {
        // Given: a black pixel becomes 0 / 0
        Path file = Files.write(folder.resolve("foreign.onnx"), TinyModels.notFinite());
        Files.writeString(folder.resolve("foreign.card.yaml"), CARD);

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessage("model file " + file + ": model foreign gives scores that are not finite");
    }
}

package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.imaging.Filter;
import io.caracal.imaging.Preprocessing;
import io.caracal.onnx.Graph;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
    @TempDir
    Path folder;

    @Test
    void scoresABatchWithTheCardInTheFile() throws Exception {
        // Given
        try (Classifier classifier = Classifier.open(TinyModels.withCard(folder), Device.CPU)) {
            // When
            Scores scores = classifier.score(TinyModels.images(0x200000, 0x002010, 0x0000ff), 3);

            // Then
            assertThat(scores.logits()[0]).containsExactly(0x20, 0, 0);
            assertThat(scores.logits()[1]).containsExactly(0, 0x20, 0x10);
            assertThat(scores.best(2)).isEqualTo(2);
            assertThat(scores.probabilities()[1][1]).isCloseTo(1f, within(1e-6f));
            assertThat(classifier.card().version()).isEqualTo("7");
            assertThat(classifier.preprocessing()).isEqualTo(Preprocessing.squash(4, 4, Filter.ANTIALIAS));
        }
    }

    @Test
    void startsAtTheBuffersPositionAndLeavesItThere() throws Exception {
        // Given
        ByteBuffer pixels = TinyModels.images(0x200000, 0x002000).position(TinyModels.IMAGE_BYTES);
        try (Classifier classifier = Classifier.open(TinyModels.withCard(folder), Device.CPU)) {
            // When
            Scores scores = classifier.score(pixels, 1);

            // Then
            assertThat(scores.best(0)).isEqualTo(1);
            assertThat(pixels.position()).isEqualTo(TinyModels.IMAGE_BYTES);
        }
    }

    @Test
    void padsTheLastRunOfAFixedBatch() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("colour.onnx"), TinyModels.pixels(4, Map.of()));
        Files.writeString(folder.resolve("colour.card.json"), TinyModels.CARD.replace("\"batch\": 0", "\"batch\": 4"));
        int[] colours = {0xff0000, 0x00ff00, 0x0000ff, 0x00ff00, 0xff0000, 0x0000ff};
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            // When
            Scores scores = classifier.score(TinyModels.images(colours), colours.length);

            // Then
            assertThat(IntStream.range(0, colours.length).map(scores::best)).containsExactly(0, 1, 2, 1, 0, 2);
        }
    }

    @Test
    void answersConcurrentCallsEachWithItsOwnScores() throws Exception {
        // Given
        try (Classifier classifier = Classifier.open(TinyModels.withCard(folder), Device.CPU);
                var threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> caller = () -> {
                Random random = new Random(Thread.currentThread().threadId());
                for (int i = 0; i < 500; i++) {
                    int red = random.nextInt(256);
                    if (classifier.score(TinyModels.images(red << 16), 1).logits()[0][0] != red) {
                        return false;
                    }
                }
                return true;
            };

            // When
            var answers = threads.invokeAll(Collections.nCopies(4, caller));

            // Then
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    @Test
    void refusesMoreImagesThanTheBufferHolds() throws Exception {
        // Given
        try (Classifier classifier = Classifier.open(TinyModels.withCard(folder), Device.CPU)) {
            // When, then
            assertThatThrownBy(() -> classifier.score(TinyModels.images(0xff0000), 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("2 images of 48 bytes are announced, the buffer has 48 bytes");
        }
    }

    @Test
    void namesTheFileThatIsNotThere() {
        // When, then
        assertThatThrownBy(() -> Classifier.open(folder.resolve("none.onnx"), Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessage("model file " + folder.resolve("none.onnx") + " does not exist");
    }

    @Test
    void saysInOneLineThatAFileIsNoModel() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("text.onnx"), "not a model");

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model file " + file + " cannot be opened: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void asksForACardWhenThereIsNone() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("bare.onnx"), TinyModels.pixels(Graph.BATCH, Map.of()));

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessage("model file " + file + ": it carries no card (metadata property caracal.card) and there is"
                        + " no bare.card.yaml beside it");
    }

    @Test
    void refusesCudaInOneLineWhereThereIsNone() throws Exception {
        // Given
        Path file = TinyModels.withCard(folder);
        try (Classifier auto = Classifier.open(file, Device.AUTO)) {
            assumeTrue(auto.placement().device() == Device.CPU);

            // When, then
            assertThatThrownBy(() -> Classifier.open(file, Device.CUDA))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("model file " + file + ": no CUDA: ")
                    .message()
                    .doesNotContain("\n");
            assertThat(auto.placement().reason()).startsWith("no CUDA: ");
        }
    }
}

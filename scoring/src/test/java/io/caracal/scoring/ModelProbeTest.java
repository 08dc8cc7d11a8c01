package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.onnx.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelProbeTest {

    @TempDir
    Path folder;

    private static ModelProbe open(Path file, String... edges) throws IOException {
        List<String> outputs = List.of(edges).stream().map(Taps::output).toList();
        return ModelProbe.open(file, Taps.appendix(List.of(edges)), outputs, 1);
    }

    @Test
    void showsValuesFromInsideBesideTheScores() throws IOException {
        // Given
        Path file = TinyModels.withCard(folder);
        try (ModelProbe probe = open(file, "cast", "reducemean")) {

            // When
            InnerValues inner = probe.run(TinyModels.images(0xff8000, 0x010203), 2);

            // Then
            assertThat(inner.scores().logits()).isDeepEqualTo(new float[][] {{255, 128, 0}, {1, 2, 3}});
            assertThat(inner.batch()).isEqualTo(2);
            assertThat(inner.of("tap/cast").shape()).containsExactly(2, 4, 4, 3);
            assertThat(inner.of("tap/cast").values())
                    .startsWith(255, 128, 0, 255)
                    .endsWith(1, 2, 3);
            assertThat(inner.of("tap/reducemean").values()).containsExactly(255, 128, 0, 1, 2, 3);
        }
    }

    @Test
    void showsWeights() throws IOException {
        // Given: a card that names no output, beside a graph of a fixed batch
        Path file = Files.write(folder.resolve("odd.onnx"), TinyModels.notFinite());
        Files.writeString(folder.resolve("odd.card.yaml"), """
                name: odd
                labels: [red, green, blue]
                input: {width: 4, height: 4}
                """);
        try (ModelProbe probe = open(file, "zero")) {

            // When
            InnerValues inner = probe.run(TinyModels.images(0xff8000), 1);

            // Then
            assertThat(inner.of("tap/zero").values()).containsExactly(0);
            assertThat(inner.of("tap/zero").shape()).isEmpty();
            assertThat(probe.batch(7)).isEqualTo(1);
        }
    }

    @Test
    void aValueThatIsNotThereIsSaidInOneLine() throws IOException {
        // Given
        Path file = TinyModels.withCard(folder);

        // When / Then
        assertThatThrownBy(() -> open(file, "nowhere"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model file " + file + " cannot be opened: ")
                .hasMessageNotContaining("\n");
    }
}

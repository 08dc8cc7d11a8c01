package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.data.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedVerbTest {
    @TempDir
    static Path shared;

    private static Path model;
    private static Path data;

    @TempDir
    Path folder;

    private static Ran embed(Object... arguments) {
        return Ran.of(Stream.concat(Stream.of("embed"), Stream.of(arguments)).toArray());
    }

    /// A network with fresh weights, and red and blue images with a damaged one among them.
    @BeforeAll
    static void prepare() throws IOException {
        data = TestImages.folder(Files.createDirectory(shared.resolve("photos")), 40);
        Files.writeString(data.resolve("warm/0.png"), "damaged");
        model = FreshVit.write(shared.resolve("vit.onnx"), 32, "colours", List.of("cool", "warm"));
    }

    @Test
    void writesFeaturesPictureAndFigures() throws IOException {
        // Given
        Path csv = folder.resolve("features.csv");
        Path html = folder.resolve("plot.html");
        Path json = folder.resolve("figures.json");

        // When
        Ran ran = embed("--model", model, "--data", data, "--out", csv, "--plot", html, "--json", json);

        // Then: what shines blue and what shines red differs before anything is trained
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("39 images, 192 features of each").contains("skipped warm/0.png: ");
        assertThat(Files.readAllLines(csv))
                .hasSize(40)
                .allSatisfy(line -> assertThat(line.split(",")).hasSize(194));
        assertThat(Files.readString(csv)).contains("warm/1.png,warm,").doesNotContain("warm/0.png");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("points")).hasSize(39);
        assertThat(figures.path("ofFeatures").path("neighbours").asDouble()).isGreaterThan(.9);
        assertThat(figures.path("ofFeatures").path("silhouette").asDouble()).isPositive();
        assertThat(Files.readString(html))
                .contains("data-scatter=\"{&quot;series&quot;:")
                .contains("t-SNE 1")
                .contains("cool/3.png");
    }

    @Test
    void whatCannotBeIsOneLine() {
        // When
        List<Ran> ran = List.of(
                embed("--model", model, "--data", data, "--out", folder.resolve("features.txt")),
                embed("--model", model, "--data", data, "--limit", "2"),
                embed("--model", model, "--data", folder.resolve("nowhere")),
                embed("--model", folder.resolve("no.onnx"), "--data", data));

        // Then
        assertThat(ran).allSatisfy(one -> {
            assertThat(one.exitCode()).isEqualTo(1);
            assertThat(one.err().lines()).hasSize(1);
            assertThat(one.err()).startsWith("caracal embed: ").doesNotContain("internal error");
        });
    }
}

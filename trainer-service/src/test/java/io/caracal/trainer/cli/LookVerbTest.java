package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookVerbTest {
    @TempDir
    static Path shared;

    private static Path model;
    private static Path image;

    @TempDir
    Path folder;

    private static Ran look(Object... arguments) {
        return Ran.of(Stream.concat(Stream.of("look"), Stream.of(arguments)).toArray());
    }

    /// A picture twice as wide as high, and a network with fresh weights.
    @BeforeAll
    static void prepare() throws IOException {
        image = shared.resolve("picture.png");
        ImageIO.write(new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        model = FreshVit.write(shared.resolve("vit.onnx"), 64, "pets", List.of("cat", "dog"));
    }

    @Test
    void drawsAndWritesTheNumbers() throws IOException {
        // Given
        Path png = folder.resolve("out.png");
        Path json = folder.resolve("out.json");

        // When
        Ran ran = look("--model", model, "--image", image, "--label", "dog", "--out", png, "--json", json);

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith(image + ": dog 0.")
                .contains(", attention rollout over 12 blocks, mean of heads, of the class token, ")
                .endsWith("drawn in " + png + System.lineSeparator());
        BufferedImage drawn = ImageIO.read(png.toFile());
        assertThat(drawn.getWidth()).as("twice 512, and a gap").isEqualTo(1032);
        assertThat(drawn.getHeight()).as("256, and words").isEqualTo(256 + 64);
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("label").asText()).isEqualTo("dog");
        assertThat(figures.path("values"))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row).hasSize(4));
    }

    @Test
    void measuresHowFarHeadsLook() throws IOException {
        // Given
        Path json = folder.resolve("distances.json");

        // When
        Ran ran = look("--model", model, "--image", image, image, "--distances", "--json", json);

        // Then: twelve blocks below the headings, three heads in each
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(13);
        assertThat(ran.out()).startsWith("block  mean  head 0  head 1  head 2");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("images").asInt()).isEqualTo(2);
        assertThat(figures.path("pixels"))
                .hasSize(12)
                .allSatisfy(heads -> assertThat(heads)
                        .hasSize(3)
                        .allSatisfy(distance -> assertThat(distance.asDouble()).isBetween(10.0, 60.0)));
    }

    @Test
    void whatCannotBeIsOneLineAndNoFile() throws IOException {
        // Given
        Path png = folder.resolve("out.png");
        Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
        Path noModel = Files.writeString(folder.resolve("no.onnx"), "no model");

        // When
        List<Ran> ran = List.of(
                look("--model", model, "--image", text, "--out", png),
                look("--model", model, "--image", folder.resolve("missing.jpg"), "--out", png),
                look("--model", noModel, "--image", image, "--out", png),
                look("--model", folder.resolve("missing.onnx"), "--image", image, "--out", png),
                look("--model", model, "--image", image, "--out", png, "--method", "cam"),
                look("--model", model, "--image", image, image, "--out", png),
                look("--model", model, "--image", image, "--out", png, "--fusion", "max"),
                look("--model", model, "--image", image, "--out", png, "--method", "occlusion", "--head", "1"),
                look("--model", model, "--image", image, "--distances", "--block", "1"),
                look("--model", model, "--image", image, "--out", png, "--method", "rollout", "--discard", "1.5"));

        // Then
        assertThat(ran).allSatisfy(one -> {
            assertThat(one.exitCode()).isEqualTo(1);
            assertThat(one.err().lines()).hasSize(1);
            assertThat(one.err()).startsWith("caracal look: ").doesNotContain("internal error");
        });
        assertThat(ran.get(0).err()).contains("text.jpg");
        assertThat(ran.get(1).err()).contains("missing.jpg");
        assertThat(ran.get(2).err()).contains("no.onnx").contains("not an ONNX model: ");
        assertThat(ran.get(6).err())
                .contains("--fusion is given with --method auto, allowed is --method attention or rollout");
        assertThat(ran.get(7).err()).contains("--head is given with --method occlusion, allowed is --method attention");
        assertThat(png).doesNotExist();
    }
}

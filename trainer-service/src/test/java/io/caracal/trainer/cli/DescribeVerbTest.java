package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.models.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeVerbTest {
    private static final Path PAGE = Path.of("../docs/results/presets.md");

    @TempDir
    Path folder;

    private static Ran describe(Object... arguments) {
        return Ran.of(Stream.concat(Stream.of("describe"), Stream.of(arguments)).toArray());
    }

    @Test
    void showsTheLayersOfAPreset() {
        // When
        Ran ran = describe("seed-cnn");

        // Then: spec 2.1 and 4.12
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualToNormalizingNewlines("""
                        seed-cnn: 2 classes, images of 224x224

                        layer     output    parameters       MACs  activations  field/stride  operations
                        stages.0  16x55x55         480  5,322,672      2.4 MiB           5/4  conv 3x3/2, batch norm, relu, max pool 2x2/2
                        stages.1  32x13x13       4,704  3,359,232    294.5 KiB         21/16  conv 3x3/2, batch norm, relu, max pool 2x2/2
                        stages.2  64x3x3        18,624    663,552     29.3 KiB         85/64  conv 3x3/2, batch norm, relu, max pool 2x2/2
                        hidden    10             5,770      5,760      0.1 KiB                linear, relu
                        head      2                 22         20      0.0 KiB                linear
                        total                   29,600  9,351,236      2.8 MiB

                        weights    116.5 KiB
                        """);
    }

    @Test
    void saysWhatAttentionCosts() {
        // When
        Ran ran = describe("seed-vit", "--markdown");

        // Then
        assertThat(ran.out())
                .contains("| layer | output | parameters | MACs | activations | field/stride | operations |")
                .contains("| blocks.11 | 50x128 | 526,080 | 28,774,400 | 1.0 MiB | 224/32 |")
                .contains("Attention: 12 times, score matrices up to 8x50x50, 937.5 KiB together; both products"
                        + " 30,720,000 MACs, 8.4 % of all.");
    }

    @Test
    void listsAllPresetsWithTheirCosts() {
        // When
        Ran ran = describe();

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(1 + new Presets().names().size());
        assertThat(ran.out()).containsPattern("seed-vit +224x224 +6,719,746 +364,560,640 ");
    }

    @Test
    void thePageOfAllPresetsIsWhatTheCodeSays() throws IOException {
        // When
        Ran ran = describe("--markdown");

        // Then
        assertThat(Files.readString(PAGE))
                .as("./caracal describe --markdown > docs/results/presets.md")
                .isEqualToNormalizingNewlines(ran.out());
    }

    @Test
    void figuresGoToAFile() throws IOException {
        // Given
        Path file = folder.resolve("seed-cnn.json");

        // When
        Ran ran = describe("seed-cnn", "--classes", 37, "--json", file);

        // Then
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(json.at("/classes").asInt()).isEqualTo(37);
        assertThat(json.at("/parameters").asLong()).isEqualTo(29_600 + 35 * 11);
        assertThat(json.at("/layers/0/name").asText()).isEqualTo("stages.0.conv");
        assertThat(json.at("/layers/0/output").toString()).isEqualTo("[16,111,111]");
        assertThat(json.at("/layers/0/field/size").asInt()).isEqualTo(3);
    }

    @Test
    void wrongUsageIsOneLine() {
        for (List<Object> arguments : List.<List<Object>>of(
                List.of("seed-rnn"),
                List.of("seed-cnn", "--classes", 1),
                List.of("seed-cnn", "--depth", 0),
                List.of("seed-cnn", "seed-vit"))) {

            // When
            Ran ran = describe(arguments.toArray());

            // Then
            assertThat(ran.exitCode()).as("%s", arguments).isEqualTo(2);
            assertThat(ran.err().strip()).as("%s", arguments).hasLineCount(1).contains("--help");
        }
    }

    @Test
    void aFolderThatIsNotThereIsOneLine() {
        // When
        Ran ran = describe("seed-cnn", "--json", folder.resolve("nowhere/cnn.json"));

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().strip()).hasLineCount(1).contains("there is no folder");
        assertThat(ran.out()).isEmpty();
    }
}

package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Map<String, String> SPLIT =
            Map.of("data.sha256", "ab", "split.seed", "7", "split.test", "100");

    @TempDir
    Path folder;

    private static ComparedRun run(String name, double accuracy, Map<String, String> provenance) {
        return new ComparedRun(
                name + ".onnx",
                new ModelCard(
                        name,
                        "v1",
                        List.of("cat", "dog"),
                        ModelCard.Input.pixels("pixels", 64, 64),
                        null,
                        null,
                        provenance),
                Optional.empty(),
                Optional.of(new ComparedRun.Test(100, accuracy, Optional.empty())),
                Optional.of(new ModelCost(29_600, 1_000_000, 118_400, 2_000_000)),
                OptionalDouble.of(500),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> values(Comparison comparison, String row) {
        return comparison.rows().stream()
                .filter(candidate -> candidate.name().equals(row))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void figuresStandSideBySide() {
        // When
        Comparison comparison = Comparison.of(
                List.of(run("small", 0.75, SPLIT), run("large", 0.8, SPLIT)),
                List.of(new ScoringSpeed(1_000, 2.25), new ScoringSpeed(50, 40)));

        // Then
        assertThat(comparison.warnings()).isEmpty();
        assertThat(values(comparison, "test accuracy")).containsExactly("0.7500", "0.8000");
        assertThat(values(comparison, "parameters")).containsExactly("29,600", "29,600");
        assertThat(values(comparison, "training images/s")).containsExactly("500", "500");
        assertThat(values(comparison, "scoring images/s")).containsExactly("1,000", "50.0");
        assertThat(values(comparison, "latency of one image")).containsExactly("2.3 ms", "40.0 ms");
        assertThat(comparison.rows()).extracting(Comparison.Row::name).doesNotContain("training time");
    }

    @Test
    void architectureTellsOptionsThatAreNotThePresets() {
        // Given
        Map<String, String> provenance = Map.of(
                "recipe.preset", "vit-ti-16", "option.attention", "local", "option.pool", "cls", "data.sha256", "ab");

        // When
        Comparison comparison = Comparison.of(List.of(run("a", 0.75, provenance)), List.of());

        // Then
        assertThat(values(comparison, "architecture")).containsExactly("vit-ti-16 attention=local");
    }

    @Test
    void runsOfOneNameAreToldApartByTheirVersions() {
        // When
        Comparison comparison =
                Comparison.of(List.of(run("a", 0.75, SPLIT), run("b", 0.8, SPLIT), run("b", 0.7, SPLIT)), List.of());

        // Then
        assertThat(comparison.titles()).containsExactly("a", "b v1", "b v1");
        assertThat(values(comparison, "version")).containsExactly("v1", "v1", "v1");
    }

    @Test
    void runsOnOtherImagesAreFlaggedInOneLine() {
        // Given another split of the same data
        Map<String, String> other = Map.of("data.sha256", "ab", "split.seed", "8", "split.test", "50");

        // When
        Comparison comparison = Comparison.of(List.of(run("a", 0.75, SPLIT), run("b", 0.8, other)), List.of());

        // Then
        assertThat(comparison.warnings())
                .containsExactly("accuracies cannot be compared, the runs were not tested on the same images: "
                        + "split.seed, split.test differ");
    }

    @Test
    void modelsThatDoNotSayWhatTheyAreFromAreFlagged() {
        // When
        Comparison comparison = Comparison.of(List.of(run("a", 0.75, Map.of()), run("b", 0.8, Map.of())), List.of());

        // Then
        assertThat(comparison.warnings())
                .containsExactly("accuracies cannot be compared, not every model says what it was trained on");
    }

    @Test
    void pageAndFiguresOfARunTellTheSame() throws IOException {
        // Given
        RunReport report = Reports.hostile().writtenTo("");
        Path page = Files.write(folder.resolve("run.html"), RunPage.html(report));
        Path figures = Files.write(folder.resolve("run.json"), Json.write(report));

        // When
        RunFile fromPage = RunFile.read(page, new Presets());
        RunFile fromFigures = RunFile.read(figures, new Presets());

        // Then
        assertThat(fromPage).isEqualTo(fromFigures);
        assertThat(fromPage.onnx()).isEmpty();
        assertThat(fromPage.run().test().orElseThrow().accuracy()).isEqualTo(0.75);
        assertThat(fromPage.run().cost().orElseThrow().parameters()).isEqualTo(29_600);
    }

    @Test
    void comparedHostileNamesStayText() throws IOException {
        // Given
        Path figures = Files.write(
                folder.resolve("run.json"), Json.write(Reports.hostile().writtenTo("")));
        ComparedRun run = RunFile.read(figures, new Presets()).run();

        // When
        String html = new String(ComparisonPage.html(Comparison.of(List.of(run, run), List.of())), UTF_8);

        // Then
        assertThat(html)
                .contains("<h2>Side by side</h2>", "&quot;a&quot;", "data-chart")
                .doesNotContain("<svg/onload", "</script><svg");
    }

    @Test
    void whatIsNoRunIsAnErrorInOneLine() throws IOException {
        // Given
        Path page = Files.writeString(folder.resolve("page.html"), "<html></html>");
        Path text = Files.writeString(folder.resolve("text.json"), "hello");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"test\": {\"images\": 3, \"accuracy\": 1}}");

        // When, Then
        for (Path file : List.of(page, text, other)) {
            assertThatThrownBy(() -> RunFile.read(file, new Presets()))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageStartingWith(file.toString())
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void damagedFilesAreErrorsAndNothingElse() throws IOException {
        // Given
        var random = new Random(11);
        byte[] whole = Json.write(Reports.hostile());
        Path file = folder.resolve("damaged.json");
        var presets = new Presets();

        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);

            // When
            try {
                RunFile.read(file, presets);
            } catch (MalformedRecordException expected) {
                // Then
                assertThat(expected).message().startsWith(file.toString());
            }
        }
    }
}

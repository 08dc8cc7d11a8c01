package io.caracal.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.data.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerCommandTest {
    private static final int IMAGES = 40;

    @TempDir
    static Path shared;

    /// Trained once for all tests, on 40 images with the seed 3.
    private static Path model;

    private static Path data;
    private static Path figures;
    private static Path quarantine;
    private static Ran training;

    @TempDir
    Path folder;

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @BeforeAll
    static void train() throws IOException {
        data = TestImages.folder(Files.createDirectory(shared.resolve("photos")), IMAGES);
        Files.writeString(data.resolve("warm/0.png"), "damaged");
        model = shared.resolve("model.onnx");
        figures = shared.resolve("figures.json");
        quarantine = shared.resolve("quarantine.tsv");
        training = Ran.of(
                "train",
                "--data",
                data,
                "--recipe",
                "recipes/seed-cnn.yaml",
                "--set",
                "batchSize=8",
                "--set",
                "labelSmoothing=0.1",
                "--epochs",
                2,
                "--seed",
                3,
                "--out",
                model,
                "--json",
                figures,
                "--split-mode",
                "stratified",
                "--quarantine",
                quarantine);
    }

    @Test
    void trainWritesTheModelAndShowsTheRun() {
        // Then
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.out())
                .contains("data    40 images: 25 to train, 7 to validate, 8 held out")
                .contains("epoch  2/2  loss ")
                .contains("0 labels changed")
                .contains("skipped warm/0.png: ");
        assertThat(model).isNotEmptyFile();
        assertThat(shared)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void trainsWithEverythingThatChangesImages() throws IOException {
        // Given
        Path augmented = folder.resolve("augmented.onnx");

        // When
        Ran ran = Ran.of(
                "train",
                "--data",
                data,
                "--epochs",
                1,
                "--batch-size",
                8,
                "--out",
                augmented,
                "--set",
                "augmentation.randAugment=2",
                "--set",
                "augmentation.randomErasing=0.25",
                "--set",
                "augmentation.mixup=0.8",
                "--set",
                "augmentation.cutmix=1",
                "--set",
                "augmentation.repeats=2");

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(augmented).isNotEmptyFile();
    }

    @Test
    void optionsOfAConvolutionalNetworkAreInItsCard() throws IOException {
        // Given
        Path json = folder.resolve("small.json");

        // When
        Ran ran = Ran.of(
                "train",
                "--data",
                data,
                "--preset",
                "small-resnet",
                "--epochs",
                1,
                "--batch-size",
                8,
                "--out",
                folder.resolve("small.onnx"),
                "--json",
                json,
                "--set",
                "image-size=64",
                "--set",
                "normalization=half");

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode card = json(json).path("card");
        assertThat(card.at("/input/width").asInt()).isEqualTo(64);
        assertThat(card.path("provenance").path("option.image-size").asText()).isEqualTo("64");
        assertThat(card.path("provenance").path("option.normalization").asText())
                .isEqualTo("half");
    }

    @Test
    void quarantineListsWhatIsNotUsedAndDeletesNothing() throws IOException {
        // When
        List<String> lines = Files.readAllLines(quarantine);

        // Then
        assertThat(lines).singleElement().asString().startsWith("warm/0.png\t");
        assertThat(data.resolve("warm/0.png")).exists();
    }

    @Test
    void evaluateQuarantinesByTheRuleThatIsGiven() throws IOException {
        // Given images that are PNG and so have no JFIF
        Path list = folder.resolve("quarantine.tsv");

        // When
        Ran all = Ran.of("evaluate", "--model", model, "--data", data, "--split", "all", "--clean", "jfif512");
        Ran test = Ran.of("evaluate", "--model", model, "--data", data, "--clean", "jfif512");
        Ran listed = Ran.of("evaluate", "--model", model, "--data", data, "--split", "all", "--quarantine", list);

        // Then
        assertThat(all.err()).contains("the cleaning rule jfif512 leaves no image of cool, warm");
        assertThat(test.err()).contains("was trained with decode: leave it out or use --split all");
        assertThat(listed.exitCode()).isZero();
        assertThat(list).content().startsWith("warm/0.png\t");
    }

    @Test
    void figuresOfARunAreComplete() throws IOException {
        // When
        JsonNode run = json(figures);

        // Then
        assertThat(run.at("/epochs")).hasSize(2);
        assertThat(run.at("/epochs/1/validation/accuracy").asDouble()).isBetween(0.0, 1.0);
        assertThat(run.at("/split/train").asInt()).isEqualTo(25);
        assertThat(run.at("/test/images").asInt()).isBetween(7, 8);
        assertThat(run.at("/parity/changedLabels").asInt()).isZero();
        assertThat(run.at("/imagesPerSecond").asDouble()).isPositive();
        assertThat(run.at("/stepImagesPerSecond").asDouble())
                .isGreaterThanOrEqualTo(run.at("/imagesPerSecond").asDouble());
        assertThat(run.at("/test/calibration/ece").asDouble()).isBetween(0.0, 1.0);
        assertThat(run.at("/test/classes/0/f1").asDouble()).isBetween(0.0, 1.0);
        assertThat(run.at("/learningRates")).hasSize(2);
        assertThat(run.at("/cost/parameters").asInt()).isEqualTo(29_600);
        assertThat(run.at("/machine/processors").asInt()).isPositive();
        assertThat(run.at("/timing/seconds").asDouble())
                .isEqualTo(run.at("/seconds").asDouble());
        assertThat(run.at("/skipped/0/entry").asText()).isEqualTo("warm/0.png");
        assertThat(run.at("/recipe/seed").asInt()).isEqualTo(3);
        assertThat(run.at("/recipe/labelSmoothing").asDouble()).isEqualTo(0.1);
    }

    @Test
    void trainLeavesAPageBesideTheModel() {
        // Then
        assertThat(shared.resolve("model.html"))
                .content()
                .startsWith("<!doctype html>")
                .contains("<h2>Worst mistakes</h2>", "warm/0.png");
        assertThat(training.out()).contains("report  " + shared.resolve("model.html"));
    }

    @Test
    void compareShowsRunsSideBySide() throws IOException {
        // Given
        Path page = folder.resolve("comparison.html");
        Path comparison = folder.resolve("comparison.json");

        // When
        Ran ran = Ran.of("compare", model, figures, "--measure", "--html", page, "--json", comparison);

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("architecture +seed-cnn +seed-cnn")
                .containsPattern("parameters +29,600 +29,600")
                .contains("scoring images/s", "latency of one image")
                .doesNotContain("warning");
        assertThat(page).content().contains("<h2>Side by side</h2>");
        assertThat(json(comparison).at("/speeds/1/imagesPerSecond").asDouble()).isPositive();
        // The model's card tells less than the figures do, but nothing else.
        assertThat(json(comparison).at("/runs/0/test/accuracy").asDouble())
                .isCloseTo(json(comparison).at("/runs/1/test/accuracy").asDouble(), within(1e-6));
    }

    @Test
    void compareOfWhatIsNoRunIsOneLine() throws IOException {
        // Given
        Path other = Files.writeString(folder.resolve("evaluated.json"), "{\"test\": {\"images\": 3}}");

        // When
        Ran ran = Ran.of("compare", other);

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains(other + " does not hold the figures of a run")
                .hasLineCount(1);
    }

    @Test
    void compareNeedsTheModelToMeasure() throws IOException {
        // Given figures without their model
        Path alone = Files.writeString(
                folder.resolve("alone.json"),
                Files.readString(figures)
                        .replace(model.toString(), folder.resolve("gone.onnx").toString()));

        // When
        Ran ran = Ran.of("compare", alone, "--measure");

        // Then
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("--measure needs the model of " + alone).hasLineCount(1);
    }

    @Test
    void evaluateDrawsAPage() {
        // Given
        Path page = folder.resolve("page.html");

        // When
        Ran ran = Ran.of("evaluate", "--model", model, "--data", data, "--split", "all", "--report", page);

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(page).content().contains("<h2>Calibration</h2>", "39 images");
    }

    @Test
    void evaluateFindsTheSameTestSplitAndTheSameAccuracy() throws IOException {
        // Given
        Path evaluation = folder.resolve("evaluation.json");
        Path predictions = folder.resolve("predictions.tsv");

        // When
        Ran ran = Ran.of(
                "evaluate", "--model", model, "--data", data, "--json", evaluation, "--predictions", predictions);

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(json(evaluation).at("/test")).isEqualTo(json(figures).at("/test"));
        assertThat(Files.readAllLines(predictions))
                .hasSize(json(figures).at("/test/images").asInt());
        assertThat(Files.readString(predictions)).doesNotContain("warm/0.png");
    }

    @Test
    void evaluateOfAllImagesCountsEachOnce() throws IOException {
        // Given
        Path evaluation = folder.resolve("evaluation.json");

        // When
        Ran ran = Ran.of("evaluate", "--model", model, "--data", data, "--split", "all", "--json", evaluation);

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(json(evaluation).at("/test/images").asInt()).isEqualTo(IMAGES - 1);
        assertThat(ran.out()).contains("on 39 images").contains("skipped warm/0.png: ");
    }

    @Test
    void evaluateOnOtherDataSaysThatTheSplitIsNotKnown() throws IOException {
        // Given
        Path other = TestImages.folder(folder.resolve("other"), 12);

        // When
        Ran ran = Ran.of("evaluate", "--model", model, "--data", other);

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).hasLineCount(1).contains("is not the data that").contains("use --split all");
    }

    /// A list of the same files does not know which of them the folders keep from training.
    @Test
    void evaluateOnTheSameImagesGivenOtherwiseSaysSo() throws IOException {
        // Given
        Path root = TestImages.folder(folder.resolve("parted/train"), 40).getParent();
        StringBuilder list = new StringBuilder();
        for (String label : List.of("cool", "warm")) {
            Path test = Files.createDirectories(root.resolve("test").resolve(label));
            for (int i = 0; i < 20; i++) {
                Path image = root.resolve("train").resolve(label).resolve(i + ".png");
                image = i < 3 ? Files.move(image, test.resolve(i + ".png")) : image;
                list.append(root.relativize(image)).append(',').append(label).append('\n');
            }
        }
        Path listed = Files.writeString(root.resolve("list.csv"), list);
        Path ofList = folder.resolve("listed.onnx");
        Ran trained = Ran.of("train", "--data", listed, "--epochs", 1, "--batch-size", 8, "--out", ofList);

        // When
        Ran ran = Ran.of("evaluate", "--model", ofList, "--data", root);

        // Then
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .hasLineCount(1)
                .contains("is split otherwise than when")
                .contains("use --split all");
    }

    @Test
    void classifyPrintsALinePerFile() {
        // When
        Ran ran = Ran.of("classify", "--model", model, data.resolve("cool/1.png"), data.resolve("warm/1.png"));

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(2).allMatch(line -> line.matches(".+\\.png\t(cool|warm)\t[01]\\.\\d{4}"));
    }

    @Test
    void classifyGoesOnAfterABadFile() {
        // When
        Ran ran = Ran.of(
                "classify",
                "--model",
                model,
                data.resolve("warm/0.png"),
                data.resolve("nowhere.png"),
                data.resolve("warm/1.png"));

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(2);
        assertThat(ran.err()).contains("warm/0.png: ").contains("nowhere.png: cannot be read");
        assertThat(ran.out().lines()).hasSize(1);
    }

    @Test
    void wrongUsageIsOneLineAndExitCode2() {
        for (List<Object> arguments : List.<List<Object>>of(
                List.of("train"),
                List.of("train", "--data", data, "--epochs", "many"),
                List.of("train", "--data", data, "--epochs", 0),
                List.of("train", "--data", data, "--set", "augmentation.mixup=much"),
                List.of("train", "--data", data, "--clean", "much"),
                List.of("train", "--data", data, "--preset", "seed-rnn"),
                List.of("train", "--data", data, "--set", "optimizer.momemtum=0.5"),
                List.of("train", "--data", data, "--recipe", "recipes/seed-cnn.yaml", "--set", "epochs=0"),
                List.of("evaluate", "--model", model, "--data", data, "--split", "some"),
                List.of("classify", "--model", model),
                List.of("fly"))) {

            // When
            Ran ran = Ran.of(arguments.toArray());

            // Then
            assertThat(ran.exitCode()).as("%s", arguments).isEqualTo(2);
            assertThat(ran.err().strip()).as("%s", arguments).hasLineCount(1).contains("--help");
        }
    }

    @Test
    void failureIsOneLineAndExitCode1() throws IOException {
        // Given
        Path noModel = Files.write(folder.resolve("no.onnx"), "no model".getBytes(UTF_8));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (List<Object> arguments : List.<List<Object>>of(
                List.of("train", "--data", empty, "--out", folder.resolve("m.onnx")),
                List.of("train", "--data", data, "--out", folder.resolve("nowhere/m.onnx")),
                List.of("train", "--data", data, "--recipe", folder.resolve("nowhere.yaml")),
                List.of("evaluate", "--model", noModel, "--data", data),
                List.of("classify", "--model", folder.resolve("nowhere.onnx"), data.resolve("warm/1.png")))) {

            // When
            Ran ran = Ran.of(arguments.toArray());

            // Then
            assertThat(ran.exitCode()).as("%s", arguments).isEqualTo(1);
            assertThat(ran.err().strip()).as("%s", arguments).hasLineCount(1);
        }
        assertThat(folder.resolve("m.onnx")).doesNotExist();
    }
}

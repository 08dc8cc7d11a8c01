package io.caracal.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.data.TestImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that people get wrong: one line that says what to do, an exit code, and nothing half-written.
@TestInstance(Lifecycle.PER_CLASS)
class MisuseTourTest {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /// What is read.
    @TempDir
    static Path given;

    /// What is written, and what is kept in the meantime.
    @TempDir
    static Path written;

    /// @param message a part of the one line
    private record Misuse(String name, int exitCode, String message, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Ran run(List<String> arguments) {
        return Ran.of(arguments.toArray());
    }

    private static List<Path> everything(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    private static Misuse failed(String name, String message, Object... arguments) {
        return misuse(name, FAILED, message, arguments);
    }

    private static Misuse refused(String name, String message, Object... arguments) {
        return misuse(name, WRONG_USAGE, message, arguments);
    }

    private static Misuse misuse(String name, int exitCode, String message, Object... arguments) {
        return new Misuse(
                name,
                exitCode,
                message,
                Stream.of(arguments).map(Object::toString).toList());
    }

    /// `train` with what it needs at least, unless the arguments say otherwise.
    private static Object[] train(Path data, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--data", data));
        arguments.addAll(List.of(more));
        List<Object> others = List.of(
                "--out",
                written.resolve("model.onnx"),
                "--cache-folder",
                written,
                "--epochs",
                1,
                "--batch-size",
                8,
                "--device",
                "cpu",
                "--threads",
                1);
        for (int i = 0; i < others.size(); i += 2) {
            if (!arguments.contains(others.get(i))) {
                arguments.addAll(others.subList(i, i + 2));
            }
        }
        return arguments.toArray();
    }

    @BeforeAll
    void prepare() throws IOException {
        Path photos = TestImages.folder(Files.createDirectory(given.resolve("photos")), 40);
        TestImages.folder(Files.createDirectory(given.resolve("empty-label")), 20);
        Files.createDirectory(given.resolve("empty-label/hot"));
        TestImages.folder(Files.createDirectory(given.resolve("heic-label")), 20);
        Files.writeString(Files.createDirectory(given.resolve("heic-label/hot")).resolve("1.heic"), "heic");
        Path one = Files.createDirectory(given.resolve("one-class"));
        TestImages.folder(one, 20);
        try (Stream<Path> warm = Files.list(one.resolve("warm"))) {
            for (Path file : warm.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(one.resolve("warm"));
        damaged("mostly-damaged", 30, 0);
        damaged("label-damaged", 10, 1);
        Files.createDirectory(given.resolve("nothing"));
        Files.createFile(given.resolve("zero.zip"));
        Files.writeString(given.resolve("text.zip"), "no zip");
        bomb(given.resolve("bomb.zip"));
        Files.writeString(given.resolve("one-column.csv"), "path\nphotos/cool/0.png\n");
        Files.writeString(given.resolve("other-header.csv"), "file,class\nphotos/cool/0.png,cool\n");
        Files.writeString(given.resolve("missing-file.csv"), "path,label\nphotos/cool/0.png,cool\nnowhere.png,warm\n");
        Files.createFile(given.resolve("empty.csv"));
        Files.writeString(given.resolve("no-preset.yaml"), "epochs: 3\n");
        Files.writeString(given.resolve("typo.yaml"), "preset: seed-cnn\nbatchsize: 8\n");
        Files.writeString(given.resolve("text.onnx"), "no model");
        checkpoint(photos);
    }

    /// A folder of 40 images, of which some are damaged: the first ones, or all of every second label's.
    private void damaged(String name, int images, int label) throws IOException {
        Path folder = TestImages.folder(Files.createDirectory(given.resolve(name)), 40);
        for (int i = 0; i < images; i++) {
            Path file = label == 0
                    ? folder.resolve(i % 2 == 0 ? "cool" : "warm").resolve(i / 2 + ".png")
                    : folder.resolve("warm").resolve(i + ".png");
            Files.writeString(file, "damaged " + i);
        }
        if (label == 1) {
            for (int i = images; i < 20; i++) {
                Files.delete(folder.resolve("warm").resolve(i + ".png"));
            }
        }
    }

    /// Kilobytes that unpack to more than is read of an image.
    private static void bomb(Path file) throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : List.of("cool/0.png", "warm/0.png")) {
                zip.putNextEntry(new ZipEntry(entry));
                for (int i = 0; i <= 64; i++) {
                    zip.write(zeros);
                }
                zip.closeEntry();
            }
        }
    }

    /// A good one, and what can happen to it.
    private void checkpoint(Path photos) throws IOException {
        Path good = given.resolve("checkpoint");
        Ran ran = run(misuse("", 0, "", train(photos, "--checkpoint", good)).arguments());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        clear(written);
        for (String name : List.of("cut", "cut-best", "no-best")) {
            Path copy = Files.createDirectory(given.resolve("checkpoint-" + name));
            for (String file : List.of("checkpoint.safetensors", "best-1.safetensors")) {
                Files.copy(good.resolve(file), copy.resolve(file));
            }
        }
        cut(given.resolve("checkpoint-cut/checkpoint.safetensors"));
        cut(given.resolve("checkpoint-cut-best/best-1.safetensors"));
        Files.delete(given.resolve("checkpoint-no-best/best-1.safetensors"));
    }

    private static void clear(Path folder) throws IOException {
        for (Path file : everything(folder)) {
            if (!file.equals(folder)) {
                Files.delete(file);
            }
        }
    }

    private static void cut(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    Stream<Misuse> misuses() {
        Path photos = given.resolve("photos");
        Path file = photos.resolve("cool/0.png");
        List<Misuse> all = new ArrayList<>(List.of(
                refused("missing data", "there is no such file or folder", train(given.resolve("nowhere"))),
                failed("empty folder", "no images in", train(given.resolve("nothing"))),
                failed("one class", "only one class in", train(given.resolve("one-class"))),
                failed("label without images", "no images for the label 'hot'", train(given.resolve("empty-label"))),
                failed("label without known images", "hot/1.heic: not named like", train(given.resolve("heic-label"))),
                failed(
                        "most images damaged",
                        "images cannot be used, the first",
                        train(given.resolve("mostly-damaged"))),
                failed(
                        "a label's images damaged",
                        "images of warm for training",
                        train(given.resolve("label-damaged"))),
                failed("empty zip", "neither a folder nor a readable zip", train(given.resolve("zero.zip"))),
                failed("no zip", "neither a folder nor a readable zip", train(given.resolve("text.zip"))),
                failed("zip bomb", "no images in", train(given.resolve("bomb.zip"))),
                failed("CSV without labels", "line 1: 1 fields, expected", train(given.resolve("one-column.csv"))),
                failed("CSV with other header", "header, if there is", train(given.resolve("other-header.csv"))),
                failed("CSV with missing file", "line 3: no such file", train(given.resolve("missing-file.csv"))),
                failed("empty CSV", "no images in", train(given.resolve("empty.csv"))),
                refused("preset typo", "(did you mean seed-cnn?)", train(photos, "--preset", "sed-cnn")),
                refused(
                        "recipe key typo",
                        "epochs?), allowed is one of image-size, ",
                        train(photos, "--set", "epoch=3")),
                refused("key in a group", "did you mean optimizer.rule?", train(photos, "--set", "optimizer.rul=sgd")),
                refused("group for a key", "optimizer", train(photos, "--set", "optimizer=sgd")),
                refused("option typo", "mean pool?", train(photos, "--preset", "vit-ti-16", "--set", "pol=cls")),
                refused(
                        "option of others",
                        "neither an option of small-resnet nor",
                        train(photos, "--set", "pool=cls")),
                refused(
                        "image size",
                        "image-size is 100, allowed is a multiple of the patch size, 16",
                        train(photos, "--preset", "vit-ti-16", "--set", "image-size=100")),
                refused("learning rate 0", "learningRate is 0.0, allowed", train(photos, "--learning-rate", 0)),
                refused("negative learning rate", "learningRate is -1.0", train(photos, "--learning-rate", -1)),
                refused(
                        "learning rate text",
                        "--learning-rate is fast, allowed is a number",
                        train(photos, "--learning-rate", "fast")),
                refused("learning rate NaN", "learningRate is NaN", train(photos, "--learning-rate", "NaN")),
                refused("batch size 0", "batchSize is 0, allowed is 1 to", train(photos, "--batch-size", 0)),
                refused("huge batch size", "batchSize is 5000, allowed", train(photos, "--batch-size", 5000)),
                refused("no epochs", "epochs is 0, allowed is 1 to", train(photos, "--epochs", 0)),
                refused("limit", "limit is 9, allowed is 10 or more", train(photos, "--limit", 9)),
                refused("cleaning rule", "--clean", train(photos, "--clean", "much")),
                refused(
                        "option typo",
                        "there is no option --epoch (did you mean --epochs?)",
                        train(photos, "--epoch", 3)),
                refused("setting without value", "--set is pool, allowed is KEY=VALUE", train(photos, "--set", "pool")),
                refused("split mode", "splitMode is fair, allowed", train(photos, "--split-mode", "fair")),
                refused(
                        "device",
                        "--device is tpu, allowed is one of auto, cpu, cuda",
                        train(photos, "--device", "tpu")),
                failed("threads", "threads is -1, allowed is 0", train(photos, "--threads", -1)),
                failed("loading threads", "threads", train(photos, "--loading-threads", 0)),
                failed(
                        "cache folder",
                        "take another cache folder",
                        train(photos, "--cache-folder", given.resolve("no"))),
                failed("recipe missing", "there is no such file", train(photos, "--recipe", given.resolve("no.yaml"))),
                failed("recipe is a picture", "is not YAML", train(photos, "--recipe", file)),
                failed(
                        "recipe names no preset",
                        "preset: seed",
                        train(photos, "--recipe", given.resolve("no-preset.yaml"))),
                refused(
                        "recipe typo",
                        "did you mean batchSize?",
                        train(photos, "--recipe", given.resolve("typo.yaml"))),
                failed("out is a folder", "it is a folder, needed is a file", train(photos, "--out", photos)),
                failed("out below a file", "there is no folder", train(photos, "--out", file.resolve("m.onnx"))),
                failed("figures below a file", "there is no folder", train(photos, "--json", file.resolve("f.json"))),
                failed("quarantine nowhere", "there is no folder", train(photos, "--quarantine", given.resolve("n/q"))),
                failed("checkpoint is a file", "there is no folder", train(photos, "--checkpoint", file)),
                failed("checkpoint below one", "there is no folder", train(photos, "--checkpoint", file.resolve("c"))),
                failed(
                        "checkpoint steps",
                        "allowed is 0",
                        train(photos, "--checkpoint", given, "--checkpoint-steps", -1)),
                failed(
                        "checkpoint of another recipe",
                        "was trained with batchSize 8, this run has 4",
                        train(photos, "--checkpoint", given.resolve("checkpoint"), "--batch-size", 4)),
                failed("cut checkpoint", "begin anew", train(photos, "--checkpoint", given.resolve("checkpoint-cut"))),
                failed("cut best", "begin anew", train(photos, "--checkpoint", given.resolve("checkpoint-cut-best"))),
                failed("no best", "begin anew", train(photos, "--checkpoint", given.resolve("checkpoint-no-best"))),
                failed("no model", "does not exist", "evaluate", "--model", given.resolve("no.onnx"), "--data", photos),
                failed(
                        "text as model",
                        "text.onnx",
                        "evaluate",
                        "--model",
                        given.resolve("text.onnx"),
                        "--data",
                        photos),
                failed("picture as model", "0.png", "classify", "--model", file, file)));
        if (Files.isDirectory(Path.of("/proc"))) {
            // Where not even root may write.
            all.add(failed("out not writable", "take another place", train(photos, "--out", "/proc/m.onnx")));
            all.add(failed("checkpoint not writable", "take another place", train(photos, "--checkpoint", "/proc/c")));
            all.add(failed("out is a device", "it is a device", train(photos, "--out", "/dev/null")));
        }
        if (!Files.exists(Path.of("/dev/nvidia0"))) {
            all.add(failed("no CUDA", "device is cuda, but", train(photos, "--device", "cuda")));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void isToldInOneLineAndLeavesNothing(Misuse misuse) throws IOException {
        // Given
        List<Path> before = everything(given);

        // When
        Ran ran = run(misuse.arguments());

        // Then
        assertThat(ran.err().strip()).hasLineCount(1).contains(misuse.message());
        assertThat(ran.err()).doesNotContain("internal error").doesNotContain("Exception");
        assertThat(ran.exitCode()).isEqualTo(misuse.exitCode());
        assertThat(everything(written)).containsExactly(written);
        assertThat(everything(given)).isEqualTo(before);
    }

    /// No mistake: the presets' own sizes would be too large for a small data set otherwise.
    @Test
    void batchLargerThanTheDataIsAllOfIt() throws IOException {
        // When
        Ran ran = run(misuse("", 0, "", train(given.resolve("photos"), "--batch-size", 4_000))
                .arguments());

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(written.resolve("model.onnx")).isNotEmptyFile();
        clear(written);
    }

    @Test
    void damagedDataIsNamedByItsFirstFile() {
        // When
        Ran ran = run(misuse("", 0, "", train(given.resolve("mostly-damaged"))).arguments());

        // Then
        assertThat(ran.err()).matches("(?s).*: \\d+ of \\d+ images cannot be used, the first one: .+\\.png: .+\n");
        assertThat(ran.err().getBytes(UTF_8)).hasSizeLessThan(300);
    }
}

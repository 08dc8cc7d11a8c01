package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.scoring.Device;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A process whose files may have some KiB at most stands for a full disk: nothing else does so without privileges.
/// seed-cnn's model has 121 KiB, a checkpoint of it 355, a run's page 228, the decoded images 4,704.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class DiskWithoutRoomTest {
    private static final int FAILED = 1;

    @TempDir
    static Path shared;

    @TempDir
    Path written;

    private static Path photos;

    @BeforeAll
    static void prepare() throws IOException {
        photos = TestImages.folder(Files.createDirectory(shared.resolve("photos")), 40);
        Path libraries = Files.createDirectory(shared.resolve("onnxruntime"));
        for (String name : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so")) {
            try (InputStream library =
                    DiskWithoutRoomTest.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/" + name)) {
                Files.copy(library, libraries.resolve(name));
            }
        }
        // Unpacks PyTorch, once for all processes of this user.
        Compute.open(Device.CPU, 1).close();
    }

    /// With ONNX Runtime unpacked, which would not fit.
    private Caracal train(int kib, Object... more) throws IOException {
        return start(kib, List.of("-Donnxruntime.native.path=" + shared.resolve("onnxruntime")), more);
    }

    private Caracal start(int kib, List<String> options, Object... more) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("-Djava.io.tmpdir=" + Files.createDirectories(shared.resolve("tmp")));
        List<Object> arguments = new ArrayList<>(List.of(
                "train", "--data", photos, "--epochs", 1, "--batch-size", 8, "--device", "cpu", "--threads", 1));
        arguments.addAll(List.of("--preset", "seed-cnn", "--out", written.resolve("model.onnx")));
        arguments.addAll(List.of(more));
        return Caracal.startWithoutRoom(kib, shared.resolve("log"), all, arguments.toArray());
    }

    @Test
    void withoutRoomForDecodedImagesTheyAreDecodedAgain() throws Exception {
        // When
        Caracal run = train(1_000);

        // Then
        assertThat(run.exitCode()).as(run.printed()).isZero();
        assertThat(run.printed())
                .containsOnlyOnce("\ncaracal: decoded images are not kept any more (File too large): ")
                .contains("take another cache folder");
        assertThat(written.resolve("model.onnx")).isNotEmptyFile();
    }

    @Test
    void withoutRoomForTheCheckpointNothingIsLeft() throws Exception {
        // Given room for the best weights, but not for the optimizer's memory beside them
        Path checkpoint = written.resolve("checkpoint");

        // When
        Caracal run = train(200, "--cache-bytes", 0, "--checkpoint", checkpoint);

        // Then
        assertThat(run.exitCode()).as(run.printed()).isEqualTo(FAILED);
        assertThat(run.printed().lines().toList().getLast())
                .isEqualTo("caracal train: cannot write the checkpoint " + checkpoint
                        + "/checkpoint.safetensors: File too large; make room there or take another folder");
        assertThat(written).isEmptyDirectory();
    }

    @Test
    void withoutRoomForTheModelNothingIsLeft() throws Exception {
        // When
        Caracal run = train(100, "--cache-bytes", 0);

        // Then
        assertThat(run.exitCode()).as(run.printed()).isEqualTo(FAILED);
        assertThat(run.printed().lines().toList().getLast())
                .startsWith("caracal train: cannot write the temporary file " + shared.resolve("tmp"))
                .contains("File too large; make room there or set another folder");
        assertThat(written).isEmptyDirectory();
        assertThat(shared.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void withoutRoomForItsPageTheModelStays() throws Exception {
        // When
        Caracal run = train(200, "--cache-bytes", 0);

        // Then
        assertThat(run.exitCode()).as(run.printed()).isEqualTo(FAILED);
        assertThat(run.printed().lines().toList().getLast())
                .isEqualTo("caracal train: cannot write " + written.resolve("model.html")
                        + ": File too large; make room there or take another place; the model is written: "
                        + written.resolve("model.onnx"));
        assertThat(written).isDirectoryNotContaining("glob:**.{html,tmp}");
        assertThat(written.resolve("model.onnx")).isNotEmptyFile();
    }

    @Test
    void withoutRoomForOnnxRuntimeThereIsNoTraining() throws Exception {
        // When
        Caracal run = start(1_000, List.of());

        // Then
        assertThat(run.exitCode()).as(run.printed()).isEqualTo(FAILED);
        assertThat(run.printed().lines().toList())
                .singleElement()
                .asString()
                .startsWith("caracal train: ONNX Runtime cannot be loaded (")
                .contains("make room there");
        assertThat(written).isEmptyDirectory();
    }
}

package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.trainer.data.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C at some stages of a run.
class InterruptedTrainingTest {
    private static final int INTERRUPTED = 130;

    @TempDir
    Path folder;

    private String printedAfterInterrupt(Caracal run, String stage) throws Exception {
        await().atMost(Duration.ofMinutes(5)).until(() -> run.printed().contains(stage));
        run.interrupt();
        assertThat(run.exitCode()).as(run.printed()).isEqualTo(INTERRUPTED);
        return run.printed();
    }

    private Caracal train(int images, int epochs, Path out) throws Exception {
        Path photos = TestImages.folder(Files.createDirectory(folder.resolve("photos")), images);
        return Caracal.start(
                folder.resolve("log"),
                List.of(),
                "train",
                "--data",
                photos,
                "--epochs",
                epochs,
                "--batch-size",
                4,
                "--device",
                "cpu",
                "--threads",
                1,
                "--checkpoint",
                out.resolve("checkpoint"),
                "--out",
                out.resolve("model.onnx"));
    }

    @Test
    void whileTrainingItKeepsACheckpoint() throws Exception {
        // Given more epochs than anyone waits for
        Path out = Files.createDirectory(folder.resolve("out"));
        Caracal run = train(40, 10_000, out);

        // When
        String printed = printedAfterInterrupt(run, "epoch  1/");

        // Then
        assertThat(printed.lines().toList().getLast())
                .isEqualTo("cancelled, no model was written; the same command goes on from the checkpoint");
        assertThat(out).isDirectoryContaining("glob:**/checkpoint").isDirectoryNotContaining("glob:**.onnx");
        assertThat(out.resolve("checkpoint/checkpoint.safetensors")).isNotEmptyFile();
        assertThat(out.resolve("checkpoint")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whileExportingItLeavesNoModel() throws Exception {
        // Given enough held-out images for a test that takes a while
        Path out = Files.createDirectory(folder.resolve("out"));
        Caracal run = train(1_000, 1, out);

        // When
        String printed = printedAfterInterrupt(run, "exporting");

        // Then
        assertThat(printed.lines().toList().getLast()).startsWith("cancelled, no model was written; the same command");
        assertThat(out).isDirectoryNotContaining("glob:**.{onnx,html,json,tmp}");
    }
}

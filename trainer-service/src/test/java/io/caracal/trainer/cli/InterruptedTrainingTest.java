package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.trainer.data.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    /// More epochs than anyone waits for.
    private Caracal train(Path out, Object... more) throws Exception {
        Path photos = TestImages.folder(Files.createDirectory(folder.resolve("photos")), 40);
        List<Object> arguments = new ArrayList<>(List.of("train", "--data", photos, "--preset", "seed-cnn"));
        arguments.addAll(List.of("--epochs", 10_000, "--batch-size", 4, "--device", "cpu", "--threads", 1));
        arguments.addAll(List.of("--out", out.resolve("model.onnx")));
        arguments.addAll(List.of(more));
        return Caracal.start(folder.resolve("log"), List.of(), arguments.toArray());
    }

    @Test
    void whileTrainingItKeepsACheckpoint() throws Exception {
        // Given
        Path out = Files.createDirectory(folder.resolve("out"));
        Caracal run = train(out, "--checkpoint", out.resolve("checkpoint"));

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
    void beforeTheFirstEpochEndsItLeavesNothing() throws Exception {
        // Given
        Path out = Files.createDirectory(folder.resolve("out"));
        Caracal run = train(out);

        // When
        String printed = printedAfterInterrupt(run, "40 images");

        // Then
        assertThat(printed.lines().toList().getLast()).isEqualTo("cancelled, no model was written");
        assertThat(out).isEmptyDirectory();
    }
}

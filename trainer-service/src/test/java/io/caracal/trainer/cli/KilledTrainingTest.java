package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes of their own, because a process that is killed takes the test with it.
class KilledTrainingTest {
    private static final int EPOCHS = 6;
    private static final int SIGKILL = 137;

    @TempDir
    Path folder;

    private Process train(Path data, String run, int everySteps) throws IOException {
        Files.createDirectories(folder.resolve(run));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TrainerCommand.class.getName()));
        Stream.of(
                        "train",
                        "--data",
                        data,
                        "--epochs",
                        EPOCHS,
                        "--seed",
                        3,
                        "--batch-size",
                        4,
                        "--threads",
                        1,
                        "--set",
                        "augmentation.mixup=0.8",
                        "--set",
                        "augmentation.mixingOffEpochs=3",
                        "--device",
                        "cpu",
                        "--checkpoint",
                        folder.resolve(run).resolve("checkpoint"),
                        "--checkpoint-steps",
                        everySteps,
                        "--out",
                        folder.resolve(run).resolve("model.onnx"))
                .map(Object::toString)
                .forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(run + ".log").toFile())
                .start();
    }

    private SafeTensors checkpoint(String run) throws IOException {
        return SafeTensors.read(folder.resolve(run).resolve("checkpoint/checkpoint.safetensors"));
    }

    private int steps(String run) throws IOException {
        return Files.exists(folder.resolve(run).resolve("checkpoint/checkpoint.safetensors"))
                ? new ObjectMapper()
                        .readTree(checkpoint(run).metadata().get("progress"))
                        .path("steps")
                        .asInt()
                : 0;
    }

    private String log(String run) throws IOException {
        return Files.readString(folder.resolve(run + ".log"));
    }

    @Test
    void goesOnToTheSameBits() throws Exception {
        // Given one run without a break, and one that is killed in the middle of an epoch,
        // before mixup ends
        Path data = TestImages.folder(Files.createDirectory(folder.resolve("photos")), 40);
        Process whole = train(data, "whole", 0);
        assertThat(whole.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(whole.exitValue()).as(log("whole")).isZero();
        Process killed = train(data, "killed", 1);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(5))
                .until(() -> steps("killed") >= 10);
        killed.destroyForcibly();
        assertThat(killed.waitFor()).as(log("killed")).isEqualTo(SIGKILL);
        int left = steps("killed");

        // When
        Process resumed = train(data, "killed", 1);

        // Then
        assertThat(resumed.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(resumed.exitValue()).as(log("killed")).isZero();
        assertThat(left).isLessThan(steps("whole"));
        assertThat(steps("killed")).isEqualTo(steps("whole"));
        var expected = checkpoint("whole").tensors();
        var tensors = checkpoint("killed").tensors();
        assertThat(tensors.keySet()).isEqualTo(expected.keySet());
        tensors.forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .isEqualTo(expected.get(name).values()));
    }
}

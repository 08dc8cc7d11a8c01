package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.contracts.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `caracal up --once` as a user runs it, on few images.
@Timeout(300)
class UpIT {
    @TempDir
    Path folder;

    @Test
    void aTinyRunEndsWithEveryImageLabelledOnceAndASummary() throws Exception {
        // Given
        Path json = folder.resolve("s.json");

        // When
        int exitCode = Caracal.commandLine()
                .execute(
                        "up",
                        "--once",
                        "--limit=60",
                        "--epochs=1",
                        "--work=" + folder.resolve("work"),
                        "--json=" + json);

        // Then
        assertThat(exitCode).isZero();
        JsonNode summary = Json.read(Files.readAllBytes(json), JsonNode.class);
        assertThat(summary.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(List.of(
                        "images_sent",
                        "predictions",
                        "rejected",
                        "lost",
                        "duplicated",
                        "accuracy",
                        "images_per_second",
                        "latency_ms",
                        "model"));
        assertThat(summary.get("images_sent").asInt()).isEqualTo(12);
        assertThat(summary.get("predictions").asInt()).isEqualTo(12);
        assertThat(summary.get("lost").asInt()).isZero();
        assertThat(summary.get("duplicated").asInt()).isZero();
        assertThat(summary.get("accuracy").asDouble())
                .isEqualTo(summary.get("model").get("test_accuracy").asDouble());
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}

package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        Path work = folder.resolve("work");
        Path streamed = folder.resolve("streamed.tsv");

        // When
        int exitCode = Caracal.commandLine()
                .execute(
                        "up",
                        "--once",
                        "--limit=60",
                        "--epochs=1",
                        "--work=" + work,
                        "--predictions=" + streamed,
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
        assertThat(labels(streamed))
                .hasSize(12)
                .containsExactlyInAnyOrderElementsOf(labels(evaluated(only(work, "*.zip"), only(work, "*.onnx"))));
    }

    /// What `caracal evaluate` says of the same images, in a process of its own.
    private Path evaluated(Path data, Path model) throws Exception {
        Path predictions = folder.resolve("evaluated.tsv");
        Path app = ProjectFolder.find().resolve("trainer-service/target/quarkus-app");
        Process evaluate = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "%1$s/app/*:%1$s/lib/main/*:%1$s/lib/boot/*".formatted(app),
                        "io.caracal.trainer.cli.TrainerCommand",
                        "evaluate",
                        "--model=" + model,
                        "--data=" + data,
                        "--split=test",
                        "--predictions=" + predictions)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("evaluate.log").toFile())
                .start();
        assertThat(evaluate.waitFor())
                .as(() -> LogTail.of(folder.resolve("evaluate.log")))
                .isZero();
        return predictions;
    }

    private static Path only(Path folder, String glob) throws IOException {
        var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found =
                    files.filter(file -> matcher.matches(file.getFileName())).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    /// Entry, label and predicted label of each image.
    private static List<String> labels(Path predictions) throws IOException {
        return Files.readAllLines(predictions).stream()
                .map(line -> line.substring(0, line.lastIndexOf('\t')))
                .toList();
    }
}

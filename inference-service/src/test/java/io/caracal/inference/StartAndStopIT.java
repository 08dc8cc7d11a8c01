package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged service without a broker.
class StartAndStopIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CARACAL_INFERENCE_THREADS  | 0         | caracal.inference.threads is 0, allowed is 1 to 1024
            CARACAL_INFERENCE_THREADS  | many      | many
            CARACAL_INFERENCE_DELIVERY | sometimes | sometimes
            CARACAL_MODEL_FILE         | none.onnx | model file none.onnx does not exist
            """)
    void endsWithOneLineWhenASettingIsWrong(String variable, String value, String named) throws Exception {
        // When
        try (ServiceProcess service = ServiceProcess.start(Map.of(variable, value))) {
            // Then
            assertThat(service.exitCode()).isEqualTo(1);
            List<String> lines = service.log().lines().toList();
            assertThat(lines.stream().filter(line -> line.startsWith("inference-service does not start: ")))
                    .as("%s", lines)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(named);
            assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void stopsWithinSecondsThoughTheBrokerIsAway() throws Exception {
        // Given
        Path model = ColourModel.write(folder, "1").file();
        try (ServiceProcess service = ServiceProcess.start(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "localhost:1", "CARACAL_MODEL_FILE", model.toString()))) {
            await().until(() -> service.status("/q/health/live") == 200);
            assertThat(service.status("/q/health/ready")).isEqualTo(503);

            // When
            int exitCode = service.stop();

            // Then: ended by the signal, in good order
            assertThat(exitCode).isEqualTo(128 + 15);
            assertThat(service.log()).contains("inference-service stopped in");
        }
    }

    @Test
    void servesAForeignModelWithACardBesideIt() throws Exception {
        // Given
        Path model = Files.write(folder.resolve("foreign.onnx"), ForeignModel.bytes());
        Files.writeString(folder.resolve("foreign.card.yaml"), ForeignModel.CARD);

        // When
        try (ServiceProcess service = ServiceProcess.start(Map.of("CARACAL_MODEL_FILE", model.toString()))) {
            // Then
            await().until(() -> service.status("/model") == 200);
            assertThat(service.get("/model").body())
                    .contains("\"name\":\"foreign\"")
                    .contains("\"batch\":1");
        }
    }
}

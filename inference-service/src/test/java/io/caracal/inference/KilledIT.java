package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.contracts.Prediction;
import io.caracal.testing.RealKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service is killed in the middle of its work, again and again.
class KilledIT {
    private static final int IMAGES = 2000;

    @TempDir
    Path folder;

    private Map<String, String> settings(RealKafka kafka, String delivery) throws IOException {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "CARACAL_MODEL_FILE",
                ColourModel.write(folder, "1").file().toString(),
                "CARACAL_INFERENCE_DELIVERY",
                delivery,
                "CARACAL_INFERENCE_THREADS",
                "1",
                "CARACAL_INFERENCE_SESSION_TIMEOUT",
                "6S");
    }

    private static void killAt(int done, ImageStream images, int port, Map<String, String> settings) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(port, settings)) {
            images.awaitPredictions(done);
            service.kill();
        }
        assertThat(images.predictions()).as("killed in the middle").hasSizeLessThan(IMAGES);
    }

    @Test
    void losesAndDoublesNothing() throws Exception {
        // Given
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers())) {
            Map<String, String> settings = settings(kafka, "exactly-once");
            int port = ServiceProcess.freePort();
            images.send(0, IMAGES, Pictures.slow());

            // When
            killAt(200, images, port, settings);
            killAt(900, images, port, settings);

            // Then
            try (ServiceProcess service = ServiceProcess.start(port, settings)) {
                images.assertEachOnceInOrder(IMAGES);
                assertThat(service.isAlive()).isTrue();
            }
        }
    }

    @Test
    void losesNothingWhereTwiceIsAllowed() throws Exception {
        // Given
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers())) {
            Map<String, String> settings = settings(kafka, "at-least-once");
            int port = ServiceProcess.freePort();
            images.send(0, IMAGES, Pictures.slow());

            // When
            killAt(500, images, port, settings);

            // Then
            try (ServiceProcess service = ServiceProcess.start(port, settings)) {
                Set<String> ids =
                        images.awaitIds(IMAGES).stream().map(Prediction::id).collect(Collectors.toSet());
                assertThat(ids).hasSize(IMAGES);
                assertThat(service.isAlive()).isTrue();
            }
        }
    }
}

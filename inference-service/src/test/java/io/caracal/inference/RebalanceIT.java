package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.testing.RealKafka;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instances join and leave the group while images stream.
class RebalanceIT {
    private static final int PART = 800;

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothing() throws Exception {
        // Given
        byte[] image = Pictures.slow();
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers())) {
            Map<String, String> settings = Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    kafka.bootstrapServers(),
                    "CARACAL_MODEL_FILE",
                    ColourModel.write(folder, "1").file().toString(),
                    "CARACAL_INFERENCE_THREADS",
                    "1",
                    "CARACAL_INFERENCE_SESSION_TIMEOUT",
                    "6S");

            // When: one works, a second joins, the first leaves in good order, a third joins, the second is killed
            try (ServiceProcess first = ServiceProcess.start(settings)) {
                sendAndAwaitSome(images, 0, image);
                try (ServiceProcess second = ServiceProcess.start(settings).awaitReady()) {
                    sendAndAwaitSome(images, 1, image);
                    first.stop();
                    try (ServiceProcess third = ServiceProcess.start(settings).awaitReady()) {
                        sendAndAwaitSome(images, 2, image);
                        second.kill();
                        assertThat(images.predictions())
                                .as("killed in the middle")
                                .hasSizeLessThan(3 * PART);

                        // Then
                        images.assertEachOnceInOrder(3 * PART);
                        assertThat(third.isAlive()).isTrue();
                    }
                }
            }
        }
    }

    /// Leaves the instances in the middle of a part of the stream.
    private static void sendAndAwaitSome(ImageStream images, int part, byte[] image) {
        images.send(part * PART, (part + 1) * PART, image);
        images.awaitPredictions(part * PART + PART / 10);
    }
}

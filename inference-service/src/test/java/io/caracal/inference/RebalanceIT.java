package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.testing.RealKafka;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instances join and leave the group while images stream.
class RebalanceIT {
    private static final int IMAGES = 3000;

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothing() throws Exception {
        // Given
        byte[] image = Pictures.encoded("jpg", 1, 1600, 1200, BufferedImage.TYPE_INT_RGB);
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
            images.send(0, IMAGES, image);

            // When: one works, a second joins, the first leaves in good order, a third joins, the second is killed
            try (ServiceProcess first = ServiceProcess.start(settings)) {
                images.awaitPredictions(100);
                try (ServiceProcess second = ServiceProcess.start(settings).awaitReady()) {
                    int before = images.predictions().size();
                    images.awaitPredictions(before + 200);
                    first.stop();
                    try (ServiceProcess third = ServiceProcess.start(settings).awaitReady()) {
                        images.awaitPredictions(images.predictions().size() + 100);
                        assertThat(images.predictions()).as("killed in the middle").hasSizeLessThan(IMAGES);
                        second.kill();

                        // Then
                        images.assertEachOnceInOrder(IMAGES);
                        assertThat(third.isAlive()).isTrue();
                    }
                }
            }
        }
    }
}

package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.testing.RealKafka;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service is killed in the middle of its work, again and again.
class KilledIT {
    private static final int IMAGES = 2000;

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothing() throws Exception {
        // Given: images that take a few milliseconds each
        byte[] image = Pictures.encoded("jpg", 1, 1600, 1200, BufferedImage.TYPE_INT_RGB);
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka)) {
            Map<String, String> settings = Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    kafka.bootstrapServers(),
                    "CARACAL_MODEL_FILE",
                    ColourModel.write(folder, "1").file().toString(),
                    "CARACAL_INFERENCE_THREADS",
                    "1",
                    "CARACAL_INFERENCE_SESSION_TIMEOUT",
                    "6S");
            int port = ServiceProcess.freePort();
            images.send(0, IMAGES, image);

            // When
            for (int done : new int[] {200, 900}) {
                try (ServiceProcess service = ServiceProcess.start(port, settings)) {
                    images.awaitPredictions(done);
                    service.kill();
                }
                assertThat(images.predictions()).as("killed in the middle").hasSizeLessThan(IMAGES);
            }

            // Then
            try (ServiceProcess service = ServiceProcess.start(port, settings)) {
                images.assertEachOnceInOrder(IMAGES);
            }
        }
    }
}

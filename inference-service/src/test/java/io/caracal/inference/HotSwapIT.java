package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.ModelPublished.Stage;
import io.caracal.testing.RealKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models come and go while images stream.
class HotSwapIT {
    private static final int MODELS = 6;
    private static final int IMAGES_PER_MODEL = 300;

    @TempDir
    Path folder;

    @Test
    void changesModelsUnderLoadWithoutLoss() throws Exception {
        // Given: images, and no model
        byte[] image = Pictures.slow();
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers());
                ServiceProcess service =
                        ServiceProcess.start(Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()))) {
            images.send(0, IMAGES_PER_MODEL, image);
            await().until(() -> service.status("/q/health/live") == 200);
            assertThat(service.status("/q/health/ready")).isEqualTo(503);
            assertThat(images.predictions()).isEmpty();

            // When: one model after the other, one of them with another file than was published
            for (int version = 1; version <= MODELS; version++) {
                images.publish(champion(version));
                awaitVersion(service, version);
                images.publish(broken(version));
                images.send(version * IMAGES_PER_MODEL, (version + 1) * IMAGES_PER_MODEL, image);
            }

            // Then
            images.assertEachOnceInOrder((MODELS + 1) * IMAGES_PER_MODEL);
            assertThat(images.predictions().stream()
                            .map(prediction -> prediction.model().version())
                            .collect(Collectors.toSet()))
                    .as("versions that answered")
                    .hasSizeGreaterThan(1)
                    .contains(String.valueOf(MODELS));
            await().until(() -> service.get("/q/health/ready").body().contains("broken-" + MODELS));
            assertThat(service.status("/q/health/ready")).isEqualTo(200);
        }
    }

    private ModelPublished champion(int version) throws Exception {
        return ColourModel.write(folder, String.valueOf(version))
                .published(new Stage.Champion(), Instant.ofEpochSecond(2L * version));
    }

    private ModelPublished broken(int version) throws Exception {
        ColourModel model = ColourModel.write(folder, "broken-" + version);
        ModelPublished published = model.published(new Stage.Champion(), Instant.ofEpochSecond(2L * version + 1));
        Files.write(model.file(), new byte[] {42});
        return published;
    }

    private static void awaitVersion(ServiceProcess service, int version) {
        await().until(() -> service.get("/model").body().contains("\"version\":\"" + version + "\""));
    }
}

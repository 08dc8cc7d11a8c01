package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.broker.ChildBroker;
import io.caracal.contracts.TopicCreator;
import io.caracal.contracts.TopicSpec;
import io.caracal.contracts.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker is killed in the middle of the stream and comes back.
class BrokerAwayIT {
    private static final int IMAGES = 1000;

    @TempDir
    Path folder;

    @Test
    void waitsAndGoesOn() throws Exception {
        // Given
        byte[] image = Pictures.slow();
        try (ChildBroker broker = ChildBroker.start(folder.resolve("broker"))) {
            createTopics(broker);
            try (ImageStream images = new ImageStream(broker.bootstrapServers());
                    ServiceProcess service = ServiceProcess.start(Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS",
                            broker.bootstrapServers(),
                            "CARACAL_MODEL_FILE",
                            ColourModel.write(folder, "1").file().toString(),
                            "CARACAL_INFERENCE_THREADS",
                            "1"))) {
                images.send(0, IMAGES, image);
                images.awaitPredictions(200);

                // When
                broker.kill();
                assertThat(service.status("/q/health/live")).isEqualTo(200);
                broker.restart();

                // Then
                images.assertEachOnceInOrder(IMAGES);
                service.awaitReady();
            }
        }
    }

    private static void createTopics(ChildBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCreator(admin).createMissing(TopicSpec.all(Topics.DEFAULTS));
        }
    }
}

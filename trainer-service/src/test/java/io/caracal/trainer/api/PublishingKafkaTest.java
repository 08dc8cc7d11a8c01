package io.caracal.trainer.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.testing.KafkaResource;
import io.caracal.testing.ReadCommitted;
import io.caracal.trainer.runs.DataRoots;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// What the service writes to a real broker.
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(PublishingKafkaTest.Folders.class)
class PublishingKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    DataRoots roots;

    public static final class Folders implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return TestFolders.settings();
        }

        @Override
        public void stop() {}
    }

    private static TrainingEvent event(ConsumerRecord<byte[], byte[]> record) {
        return Json.read(record.value(), TrainingEvent.class);
    }

    @Test
    void modelAndRunArriveOnTheirTopics() {
        // Given
        String body = "{\"preset\": \"seed-cnn\", \"data\": \"%s\", \"epochs\": 1, \"batchSize\": 8, \"name\": \"toy\"}"
                .formatted(roots.roots().getFirst());
        var topics =
                new ReadCommitted(ConfigProvider.getConfig().getValue(KafkaResource.BOOTSTRAP_SERVERS, String.class));

        // When
        String id = given().contentType("application/json")
                .body(body)
                .post("/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("run");

        // Then
        var model = topics.atLeast(1, "models", PATIENCE).getFirst();
        var published = Json.read(model.value(), ModelPublished.class);
        assertThat(new String(model.key(), UTF_8)).isEqualTo("toy");
        assertThat(published.version()).isEqualTo(id);
        assertThat(Path.of(published.uri())).exists();

        var last = topics.until(
                        "training-runs",
                        PATIENCE,
                        records ->
                                !records.isEmpty() && event(records.getLast()).state() == State.SUCCEEDED)
                .getLast();
        assertThat(new String(last.key(), UTF_8)).isEqualTo(id);
        assertThat(event(last).result().orElseThrow().model()).isEqualTo(published);
    }
}

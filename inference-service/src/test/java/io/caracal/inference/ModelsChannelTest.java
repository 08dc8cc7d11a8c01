package io.caracal.inference;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelPublished.Stage;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service around its stream: the `models` channel in memory, no broker.
@QuarkusTest
@WithTestResource(ModelsChannelTest.InMemory.class)
class ModelsChannelTest {
    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @TempDir
    Path folder;

    public static final class InMemory implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return InMemoryConnector.switchIncomingChannelsToInMemory("models");
        }

        @Override
        public void stop() {
            InMemoryConnector.clear();
        }
    }

    /// One story, because the service is one: first no model, then a good one, then a bad one, then a better one.
    @Test
    void servesTheNewestGoodModel() throws Exception {
        // Given: no model yet
        get("/q/health/ready").then().statusCode(503).body(containsString("waiting for a model"));
        get("/q/health/live").then().statusCode(200);
        get("/model").then().statusCode(503).body("title", equalTo("No model"));

        // When: a model, something that is none, one whose file was changed, and a shadow
        ColourModel first = ColourModel.write(folder, "1");
        publish(Json.write(first.published(new Stage.Champion(), Instant.ofEpochSecond(1))));
        await().until(() -> get("/model").statusCode() == 200);
        publish("not json".getBytes(StandardCharsets.UTF_8));
        ColourModel forged = ColourModel.write(folder, "2");
        byte[] record = Json.write(forged.published(new Stage.Champion(), Instant.ofEpochSecond(2)));
        Files.write(forged.file(), new byte[] {1, 2, 3});
        publish(record);
        publish(Json.write(ColourModel.write(folder, "3").published(new Stage.Shadow(), Instant.ofEpochSecond(3))));

        // Then: the first goes on answering and the refusal is told
        await().untilAsserted(() -> get("/q/health").then().body(containsString("published was")));
        get("/model").then().body("card.version", equalTo("1")).body("card.labels[2]", equalTo("blue"));
        assertThat(get("/q/metrics").asString())
                .contains("caracal_inference_model_info{name=\"colour\",version=\"1\"} 1")
                .contains("caracal_inference_models_refused_total 2");

        // When: a better one
        publish(Json.write(ColourModel.write(folder, "4").published(new Stage.Champion(), Instant.ofEpochSecond(4))));

        // Then
        await().until(() -> get("/model").path("card.version").equals("4"));
        assertThat(get("/q/health").asString()).doesNotContain("published was");
        assertThat(get("/q/metrics").asString()).doesNotContain("version=\"1\"");
    }

    private void publish(byte[] value) {
        connector.source("models").send(new ConsumerRecord<>("models", 0, 0, new byte[0], value));
    }
}

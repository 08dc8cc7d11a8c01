package io.caracal.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.ImageRecord;
import io.caracal.contracts.RecordLimits;
import io.caracal.testing.ReadCommitted;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// With a real broker that is stopped and comes back.
@QuarkusTest
@WithTestResource(StoppableKafka.class)
class KafkaRoundTripTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @StoppableKafka.Here
    StoppableKafka kafka;

    @Test
    void everyAcknowledgedImageIsThereThoughTheBrokerWasAway() {
        // Given
        var accepted = new HashSet<String>();
        awaitReady();
        for (int i = 0; i < 20; i++) {
            accepted.add(id(post(DrawnImage.jpeg(i))));
        }

        // When the broker stops
        kafka.stopBroker();
        Response first = post(DrawnImage.jpeg(100));
        Response second = post(DrawnImage.jpeg(101));
        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);

        // Then senders are told to come back, within the timeout and then at once
        for (Response refused : new Response[] {first, second}) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.contentType()).isEqualTo("application/problem+json");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
        }
        assertThat(first.time()).isLessThan(10_000);

        // And when it is back, images are accepted again without a restart
        kafka.startBroker();
        awaitReady();
        for (int i = 20; i < 40; i++) {
            accepted.add(id(post(DrawnImage.jpeg(i))));
        }
        assertThat(published()).containsAll(accepted);
    }

    @Test
    void theLargestImageArrivesWhole() {
        // Given a JPEG with bytes behind its end, as large as allowed
        awaitReady();
        byte[] image = Arrays.copyOf(DrawnImage.jpeg(1), RecordLimits.IMAGE);

        // When
        String id = id(post(image));

        // Then
        var record = new ReadCommitted(bootstrapServers)
                        .until(
                                "images",
                                TIMEOUT,
                                records -> records.stream()
                                        .anyMatch(each ->
                                                ImageRecord.from(each).id().equals(id)))
                        .stream()
                        .filter(each -> ImageRecord.from(each).id().equals(id))
                        .findFirst()
                        .orElseThrow();
        assertThat(record.value()).isEqualTo(image);
    }

    private Set<String> published() {
        var ids = new TreeSet<String>();
        for (var record : new ReadCommitted(bootstrapServers).all("images")) {
            assertThat(ids.add(ImageRecord.from(record).id())).isTrue();
        }
        return ids;
    }

    private static void awaitReady() {
        await().atMost(TIMEOUT).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    private static Response post(byte[] image) {
        return given().contentType("image/jpeg").body(image).post("/images");
    }

    private static String id(Response response) {
        assertThat(response.statusCode()).isEqualTo(202);
        return response.path("accepted[0].id");
    }
}

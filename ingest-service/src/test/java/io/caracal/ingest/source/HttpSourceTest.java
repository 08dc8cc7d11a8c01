package io.caracal.ingest.source;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.caracal.ingest.AlwaysThere;
import io.caracal.ingest.DrawnImage;
import io.caracal.ingest.InMemoryProfile;
import io.caracal.ingest.publish.InFlight;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(InMemoryProfile.class)
class HttpSourceTest {
    private static final int TOO_MANY_BYTES = 100_001;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @Inject
    InFlight inFlight;

    @Inject
    AlwaysThere kafka;

    @TestHTTPResource("/images")
    URI images;

    @BeforeEach
    void clear() {
        kafka.recovered();
        sink().clear();
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void anImageIsPublishedAsItIs() {
        // Given
        byte[] image = DrawnImage.jpeg(1);

        // When
        String id =
                post(image, "/images?source=gate-3").statusCode(202).extract().path("accepted[0].id");

        // Then
        ProducerRecord<byte[], byte[]> record = published().getFirst();
        assertThat(record.topic()).isEqualTo("images");
        assertThat(record.value()).isEqualTo(image);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("gate-3");
        assertThat(header(record, "ce_id")).isEqualTo(id);
        assertThat(header(record, "ce_source")).isEqualTo("gate-3");
        assertThat(header(record, "content-type")).isEqualTo("image/jpeg");
    }

    @Test
    void withoutASourceNoOrderIsPromised() {
        // When
        post(DrawnImage.jpeg(2), "/images").statusCode(202);

        // Then images are spread over the partitions
        assertThat(published().getFirst().key()).isNull();
        assertThat(header(published().getFirst(), "ce_source")).isEqualTo("http");
    }

    @Test
    void takesTheHeadersOfCloudEvents() {
        // When
        given().header("ce-id", "17")
                .header("ce-source", "gate-4")
                .header("ce-time", "2026-11-01T10:00:00+01:00")
                .body(DrawnImage.encoded("png", 10, 10, 3))
                .post("/images")
                .then()
                .statusCode(202)
                .body("accepted.id", contains("17"));

        // Then
        var record = published().getFirst();
        assertThat(header(record, "ce_id")).isEqualTo("17");
        assertThat(header(record, "ce_source")).isEqualTo("gate-4");
        assertThat(header(record, "ce_time")).isEqualTo("2026-11-01T09:00:00Z");
        assertThat(header(record, "content-type")).isEqualTo("image/png");
    }

    @Test
    void anImageThatIsSentAgainIsPublishedOnce() {
        // Given
        byte[] image = DrawnImage.jpeg(4);
        post(image, "/images?source=gate-3&id=again").statusCode(202);

        // When
        post(image, "/images?source=gate-3&id=again").statusCode(202).body("accepted.id", contains("again"));

        // Then
        assertThat(published()).hasSize(1);
    }

    @Test
    void theSameIdOfAnotherSourceIsAnotherImage() {
        // When
        post(DrawnImage.jpeg(4), "/images?source=gate-5&id=shared").statusCode(202);
        post(DrawnImage.jpeg(5), "/images?source=gate-6&id=shared").statusCode(202);

        // Then
        assertThat(published()).hasSize(2);
    }

    @Test
    void anEmptyBodyIsRefused() {
        given().post("/images")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:caracal:problem:empty"));
    }

    @Test
    void textIsRefused() {
        post("not an image".getBytes(UTF_8), "/images")
                .statusCode(415)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:caracal:problem:not-an-image"))
                .body("status", equalTo(415));
        assertThat(published()).isEmpty();
    }

    @Test
    void aHeaderThatIsCutOffIsRefused() {
        // Given
        byte[] png = Arrays.copyOf(DrawnImage.encoded("png", 10, 10, 1), 20);

        // When, Then
        post(png, "/images").statusCode(422).body("type", equalTo("urn:caracal:problem:damaged"));
    }

    @Test
    void tooManyPixelsAreRefusedFromTheHeader() {
        // Given a header that announces 65000 x 65000
        byte[] png = DrawnImage.encoded("png", 10, 10, 1);
        for (int at : new int[] {18, 22}) {
            png[at] = (byte) 0xfd;
            png[at + 1] = (byte) 0xe8;
        }

        // When, Then
        post(png, "/images").statusCode(413).body("type", equalTo("urn:caracal:problem:too-many-pixels"));
    }

    @Test
    void tooManyBytesAreRefused() {
        post(new byte[TOO_MANY_BYTES], "/images")
                .statusCode(413)
                .header("Connection", "close")
                .body("type", equalTo("urn:caracal:problem:too-many-bytes"));
        assertThat(published()).isEmpty();
    }

    @Test
    void tooManyBytesAreRefusedThoughTheirNumberIsNotSaid() throws Exception {
        // Given a chunked body
        var body = HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[TOO_MANY_BYTES]));
        try (var client = HttpClient.newHttpClient()) {

            // When
            var response = client.send(
                    HttpRequest.newBuilder(images).POST(body).build(), HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("urn:caracal:problem:too-many-bytes");
        }
        assertThat(published()).isEmpty();
    }

    @Test
    void aBodyWithoutATypeIsBytes() throws Exception {
        // Given
        var body = HttpRequest.BodyPublishers.ofByteArray(DrawnImage.jpeg(1));
        try (var client = HttpClient.newHttpClient()) {

            // When
            var response = client.send(
                    HttpRequest.newBuilder(images).POST(body).build(), HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(response.statusCode()).isEqualTo(202);
        }
        assertThat(published()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/images?source=%20, source must have 1 to 256 characters",
        "/images?id=%00, id must have 1 to 256 characters",
    })
    void namesThatAreNoneAreRefused(String path, String detail) {
        given().urlEncodingEnabled(false)
                .contentType("image/jpeg")
                .body(DrawnImage.jpeg(1))
                .post(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
        assertThat(published()).isEmpty();
    }

    @Test
    void manyFilesGetAnIdOrAProblemEach() {
        // When
        var response = given().multiPart("a", "one.jpg", DrawnImage.jpeg(1))
                .multiPart("a", "notes.txt", "text".getBytes(UTF_8))
                .multiPart("a", "two.jpg", DrawnImage.jpeg(2))
                .post("/images?source=gate-3&id=batch")
                .then();

        // Then
        response.statusCode(202)
                .body("accepted.file", contains("one.jpg", "two.jpg"))
                .body("accepted.id", contains("batch-0", "batch-2"))
                .body("refused", hasSize(1))
                .body("refused[0].file", equalTo("notes.txt"))
                .body("refused[0].status", equalTo(415));
        assertThat(published()).extracting(record -> header(record, "ce_id")).containsExactly("batch-0", "batch-2");
    }

    @Test
    void whenNoFileIsAcceptedTheSharedStatusIsTheAnswer() {
        given().multiPart("a", "a.txt", "text".getBytes(UTF_8))
                .multiPart("a", "b.txt", "text".getBytes(UTF_8))
                .post("/images")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("refused.file", contains("a.txt", "b.txt"));
        given().multiPart("a", "a.txt", "text".getBytes(UTF_8))
                .multiPart("a", "b.jpg", new byte[TOO_MANY_BYTES])
                .post("/images")
                .then()
                .statusCode(422)
                .body("refused.status", contains(415, 413));
    }

    @Test
    void whenKafkaIsAwayTheSenderIsToldToComeBack() {
        // Given
        kafka.failed("no broker");

        // When, Then
        post(DrawnImage.jpeg(1), "/images?id=later")
                .statusCode(503)
                .header("Retry-After", "2")
                .body("detail", equalTo("no broker"));
        given().get("/q/health/ready").then().statusCode(503);
        kafka.recovered();
        post(DrawnImage.jpeg(1), "/images?id=later").statusCode(202);
        assertThat(published()).hasSize(1);
    }

    @Test
    void whenTooMuchIsInFlightTheSenderIsToldToComeBack() throws Exception {
        // Given
        var reserved = new ArrayList<InFlight.Reservation>();
        reserved.add(inFlight.reserve(64 * 1024 * 1024).orElseThrow());

        // When
        var response = post(DrawnImage.jpeg(1), "/images");
        reserved.forEach(InFlight.Reservation::close);

        // Then
        response.statusCode(429).header("Retry-After", "2").body("type", equalTo("urn:caracal:problem:busy"));
        assertThat(published()).isEmpty();
    }

    @Test
    void noBytesCrashTheService() {
        // Given
        var random = new Random(3);
        byte[] jpeg = DrawnImage.jpeg(1);

        for (int round = 0; round < 300; round++) {
            byte[] damaged = Arrays.copyOf(jpeg, random.nextInt(jpeg.length));
            for (int i = 0; i < damaged.length && i < 10; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }

            // When
            int status = post(damaged, "/images").extract().statusCode();

            // Then
            assertThat(status).isIn(202, 413, 415, 422);
        }
        assertThat(post(jpeg, "/images").extract().statusCode()).isEqualTo(202);
    }

    @Test
    void describesItself() {
        given().get("/").then().statusCode(200).body("service", equalTo("caracal-ingest"));
        given().get("/q/openapi?format=json").then().statusCode(200).body("paths.'/images'.post", notNullValue());
        given().get("/nothing").then().statusCode(404).contentType("application/problem+json");
        post(DrawnImage.jpeg(1), "/images").statusCode(202);
        given().get("/q/metrics")
                .then()
                .body(containsString("caracal_ingest_images_total{outcome=\"accepted\"}"))
                .body(containsString("caracal_ingest_publish_seconds_bucket"))
                .body(containsString("caracal_ingest_in_flight_bytes"));
    }

    private static ValidatableResponse post(byte[] body, String path) {
        return given().contentType("image/jpeg").body(body).post(path).then();
    }

    private InMemorySink<ProducerRecord<byte[], byte[]>> sink() {
        return connector.sink("images");
    }

    private List<ProducerRecord<byte[], byte[]>> published() {
        return sink().received().stream().map(message -> message.getPayload()).toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}

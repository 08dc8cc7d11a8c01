package io.caracal.trainer.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.trainer.runs.DataRoots;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(InMemoryChannels.class)
class RunsResourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    @Any
    InMemoryConnector channels;

    @Inject
    DataRoots roots;

    @TestHTTPResource("/runs")
    URI runs;

    private String photos() {
        return roots.roots().getFirst().toString();
    }

    private Response post(Map<String, ?> body) {
        return given().contentType("application/json").body(body).post("/runs");
    }

    private String submitted(Map<String, ?> body) {
        Response response = post(body);
        response.then().statusCode(202).body("state", equalTo("queued"));
        String id = response.jsonPath().getString("run");
        assertThat(response.header("Location")).endsWith("/runs/" + id);
        return id;
    }

    private Map<String, Object> small(int epochs) {
        return Map.of(
                "preset",
                "seed-cnn",
                "data",
                photos(),
                "epochs",
                epochs,
                "batchSize",
                8,
                "name",
                "toy",
                "recipe",
                Map.of("labelSmoothing", 0.1, "optimizer", Map.of("clipNorm", 5)));
    }

    private static String state(String id) {
        return when().get("/runs/" + id).jsonPath().getString("state");
    }

    /// Every event of a run, until the stream ends.
    private List<TrainingEvent> followed(String id) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(runs + "/" + id + "/events")).build();
        try (var client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            return response.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> Json.read(
                            line.substring("data:".length()).getBytes(StandardCharsets.UTF_8), TrainingEvent.class))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> published(String channel, String key, Class<T> type) {
        return channels.<Record<String, byte[]>>sink(channel).received().stream()
                .map(message -> message.getPayload())
                .filter(record -> record.key().equals(key))
                .map(record -> Json.read(record.value(), type))
                .toList();
    }

    @Test
    void runIsFollowedToItsPublishedModel() throws IOException, InterruptedException {
        // Given
        String id = submitted(small(2));

        // When
        List<TrainingEvent> events = followed(id);

        // Then
        assertThat(events.getLast().state())
                .as("%s", events.getLast().failure())
                .isEqualTo(State.SUCCEEDED);
        TrainingEvent.Result result = events.getLast().result().orElseThrow();
        assertThat(Path.of(result.model().uri())).exists();
        assertThat(Path.of(URI.create(result.testSplit()))).content().hasLineCount(8);
        assertThat(published("models", "toy", ModelPublished.class)).contains(result.model());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published("training-runs", id, TrainingEvent.class))
                        .extracting(TrainingEvent::state)
                        .startsWith(State.QUEUED)
                        .endsWith(State.SUCCEEDED));
        when().get("/runs").then().statusCode(200).body("run", hasItem(id));
        when().get("/runs/" + id + "/report")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(startsWith("<!doctype html>"))
                .body(containsString("<h2>Calibration</h2>"));
        when().get("/runs/" + id + "/report.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("card.version", equalTo(id))
                .body("epochs", hasSize(2));
        when().get("/q/metrics")
                .then()
                .body(containsString("caracal_trainer_runs_total{preset=\"seed-cnn\",state=\"succeeded\"}"));
    }

    @Test
    void cancelledRunEndsAndPublishesNothing() throws IOException, InterruptedException {
        // Given
        String id = submitted(Map.of("preset", "seed-cnn", "data", photos(), "epochs", 10_000, "name", "never"));
        await().atMost(PATIENCE).until(() -> state(id).equals("training"));

        // When
        when().delete("/runs/" + id).then().statusCode(202);

        // Then
        assertThat(followed(id).getLast().state()).isEqualTo(State.CANCELLED);
        assertThat(published("models", "never", ModelPublished.class)).isEmpty();
        when().get("/runs/" + id + "/report")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("only runs that succeeded have one"));
        when().get("/runs/unknown/report").then().statusCode(404);
        when().delete("/runs/" + id)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("cancelled"));
    }

    @Test
    void cancelledRunGoesOn() throws IOException, InterruptedException {
        // Given
        String id = submitted(small(10_000));
        await().atMost(PATIENCE).until(() -> state(id).equals("training"));
        when().post("/runs/" + id + "/resume")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("has not ended"));
        when().delete("/runs/" + id).then().statusCode(202);
        await().atMost(PATIENCE).until(() -> when().delete("/runs/" + id).statusCode() == 409);

        // When
        when().post("/runs/" + id + "/resume").then().statusCode(202).body("state", equalTo("queued"));

        // Then
        await().atMost(PATIENCE).until(() -> state(id).equals("training"));
        when().delete("/runs/" + id).then().statusCode(202);
        assertThat(followed(id).getLast().state()).isEqualTo(State.CANCELLED);
        when().post("/runs/unknown/resume").then().statusCode(404);
        when().get("/openapi").then().body(containsString("/runs/{id}/resume"));
    }

    @Test
    void moreRunsThanMayWaitAreToldToComeBack() {
        // Given one under way and two that wait
        String underWay = submitted(small(10_000));
        await().atMost(PATIENCE).until(() -> state(underWay).equals("training"));
        String first = submitted(small(1));
        String second = submitted(small(1));

        // When
        Response third = post(small(1));

        // Then
        third.then().statusCode(503).contentType("application/problem+json").header("Retry-After", equalTo("60"));
        for (String id : List.of(second, first, underWay)) {
            when().delete("/runs/" + id).then().statusCode(202);
        }
        await().atMost(PATIENCE).until(() -> state(underWay).equals("cancelled"));
    }

    @Test
    void failedRunTellsWhyInOneLine() throws IOException, InterruptedException {
        // Given a limit below the number of images of one class leaves too little to split
        String id = submitted(Map.of("preset", "seed-cnn", "data", photos() + "/cool"));

        // When
        List<TrainingEvent> events = followed(id);

        // Then
        assertThat(events.getLast().state()).isEqualTo(State.FAILED);
        assertThat(events.getLast().failure().orElseThrow()).hasLineCount(1).contains("no labels in");
    }

    @Test
    void everythingThatIsWrongIsListed() {
        // When
        Response response = post(Map.of(
                "preset",
                "seed-rnn",
                "data",
                "/etc",
                "epochs",
                0,
                "clean",
                "much",
                "splitMode",
                "fair",
                "recipe",
                Map.of("augmentation", Map.of("mixup", -0.5))));

        // Then
        response.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", contains("preset", "data", "recipe", "epochs", "clean", "splitMode"))
                .body("violations[0].message", containsString("seed-cnn, seed-vit"))
                .body("violations[1].message", containsString("allowed is what there is in"));
    }

    @Test
    void misspeltFieldIsRefused() {
        // When
        Response response = post(Map.of("preset", "seed-cnn", "data", photos(), "epoch", 3));

        // Then
        response.then().statusCode(400).body("detail", containsString("epoch"));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        for (String body : List.of("", "{", "[]", "null", "{\"preset\": 1, \"epochs\": \"many\"}")) {

            // When
            Response response =
                    given().contentType("application/json").body(body).post("/runs");

            // Then
            response.then().statusCode(400).contentType("application/problem+json");
        }
    }

    @Test
    void runThatThereIsNotIsAProblem() {
        for (String path : List.of("/runs/none", "/runs/none/events")) {

            // When
            Response response = when().get(path);

            // Then
            response.then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("status", equalTo(404));
        }
        when().delete("/runs/none").then().statusCode(404);
    }

    @Test
    void presetsAreListedWithTheirRecipes() {
        // When
        Response response = when().get("/presets");

        // Then
        response.then()
                .statusCode(200)
                .body("preset", hasItems("seed-cnn", "seed-vit"))
                .body("find { it.preset == 'seed-cnn' }.batchSize", equalTo(100));
    }

    @Test
    void healthAndOpenApiAreThere() {
        // When, Then
        when().get("/q/health/live").then().statusCode(200);
        when().get("/q/health/ready").then().statusCode(200);
        when().get("/openapi").then().statusCode(200).body(startsWith("---")).body(containsString("/runs/{id}/events"));
    }
}

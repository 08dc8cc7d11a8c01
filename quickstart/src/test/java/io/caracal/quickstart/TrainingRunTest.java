package io.caracal.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caracal.contracts.Json;
import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
    private static final TrainingRun.Order ORDER = new TrainingRun.Order(
            "seed-cnn",
            Path.of("/data/pets.zip"),
            OptionalInt.of(3),
            OptionalInt.empty(),
            7,
            Optional.of(new TrainingRun.Steps(25, 0.002)));

    private final List<String> requests = new ArrayList<>();
    private final List<State> heard = new ArrayList<>();
    private HttpServer trainer;
    private TrainingRun run;

    @BeforeEach
    void start() throws IOException {
        trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trainer.start();
        run = new TrainingRun(
                HttpClient.newHttpClient(),
                URI.create("http://localhost:" + trainer.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        trainer.stop(0);
    }

    @Test
    void aFailureIsToldInTheTrainersWordsEvenWhenTheStreamBreaksOnce() {
        // Given a stream that ends early, then one that tells the end
        trainer.createContext("/runs", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            answer(exchange, 202, Json.write(event(State.QUEUED, Optional.empty())));
        });
        var streams = new ArrayList<>(List.of(
                sse(event(State.TRAINING, Optional.empty())), sse(event(State.FAILED, Optional.of("no disk space")))));
        trainer.createContext("/runs/r1/events", exchange -> answer(exchange, 200, streams.removeFirst()));

        // When
        var attempt = assertThatThrownBy(() -> run.follow(ORDER, event -> heard.add(event.state())));

        // Then
        attempt.isInstanceOf(QuickstartException.class).hasMessage("training failed: no disk space");
        assertThat(heard).containsExactly(State.TRAINING, State.FAILED);
        assertThat(requests)
                .containsExactly("{\"batchSize\":25,\"data\":\"/data/pets.zip\",\"epochs\":3,"
                        + "\"learningRate\":0.002,\"preset\":\"seed-cnn\",\"seed\":7}");
    }

    @Test
    void aRefusedRunIsToldInTheTrainersWords() {
        // Given
        trainer.createContext(
                "/runs", exchange -> answer(exchange, 422, "{\"detail\":\"preset is x\"}".getBytes(UTF_8)));

        // When
        var attempt = assertThatThrownBy(() -> run.follow(ORDER, event -> {}));

        // Then
        attempt.isInstanceOf(QuickstartException.class)
                .message()
                .startsWith("the trainer refuses the run: HTTP 422")
                .contains("preset is x");
    }

    @Test
    void dataOfSeveralLinesIsOneEvent() {
        // Given
        var events = new ServerSentEvents();
        List<String> lines = List.of(": hello", "id: 4", "data: {\"a\":", "data:1}", "", "", "data: x", "");

        // When
        List<String> data =
                lines.stream().flatMap(line -> events.add(line).stream()).toList();

        // Then
        assertThat(data).containsExactly("{\"a\":\n1}", "x");
    }

    private static TrainingEvent event(State state, Optional<String> failure) {
        return new TrainingEvent("r1", state, "seed-cnn", Instant.EPOCH, Optional.empty(), Optional.empty(), failure);
    }

    private static byte[] sse(TrainingEvent event) {
        return ("data: " + new String(Json.write(event), UTF_8) + "\n\n").getBytes(UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

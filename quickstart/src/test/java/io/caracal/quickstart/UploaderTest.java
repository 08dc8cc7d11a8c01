package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploaderTest {
    private final Queue<Integer> answers = new ArrayDeque<>();
    private final List<String> received = new ArrayList<>();
    private HttpServer server;
    private Uploader uploader;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/images", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("ce-id") + " "
                    + exchange.getRequestHeaders().getFirst("ce-source") + " "
                    + exchange.getRequestBody().readAllBytes().length);
            int status = answers.remove();
            if (status == 0) {
                exchange.close();
                return;
            }
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        uploader = new Uploader(
                HttpClient.newHttpClient(),
                URI.create("http://localhost:" + server.getAddress().getPort()),
                Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void triesAgainUnderTheSameIdWhenTheServiceIsBusyOrTheAnswerIsLost() throws Exception {
        // Given
        answers.addAll(List.of(503, 429, 0, 202));

        // When
        Uploader.Answer answer = uploader.send("id-1", "camera-1", new byte[3]);

        // Then
        assertThat(answer).isEqualTo(new Uploader.Answer.Acknowledged());
        assertThat(received).hasSize(4).containsOnly("id-1 camera-1 3");
    }

    @Test
    void aRefusalIsFinal() throws Exception {
        // Given
        answers.add(422);

        // When
        Uploader.Answer answer = uploader.send("id-1", "camera-1", new byte[3]);

        // Then
        assertThat(answer).isEqualTo(new Uploader.Answer.Refused(422, "HTTP 422 "));
        assertThat(received).hasSize(1);
    }

    @Test
    void givesUpWhenThePatienceIsOver() throws Exception {
        // Given
        answers.add(503);
        var impatient = new Uploader(
                HttpClient.newHttpClient(),
                URI.create("http://localhost:" + server.getAddress().getPort()),
                Duration.ofMillis(10));

        // When
        Uploader.Answer answer = impatient.send("id-1", "camera-1", new byte[3]);

        // Then
        assertThat(answer).isEqualTo(new Uploader.Answer.GaveUp("HTTP 503 "));
    }
}

package io.caracal.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.Json;
import io.caracal.contracts.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A run at the trainer service: asked for, followed to its end.
final class TrainingRun {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int RECONNECTS = 20;
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

    private final HttpClient http;
    private final URI trainer;

    TrainingRun(HttpClient http, URI trainer) {
        this.http = http;
        this.trainer = trainer;
    }

    /// What the trainer is asked for; what is absent is the preset's.
    record Order(String preset, Path data, OptionalInt epochs, OptionalInt limit, long seed, Optional<Steps> steps) {

        byte[] json() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("preset", preset);
            fields.put("data", data.toString());
            epochs.ifPresent(n -> fields.put("epochs", n));
            limit.ifPresent(n -> fields.put("limit", n));
            fields.put("seed", seed);
            steps.ifPresent(each -> {
                fields.put("batchSize", each.batchSize());
                fields.put("learningRate", each.learningRate());
            });
            return Json.write(fields);
        }
    }

    /// Another step than the preset's.
    record Steps(int batchSize, double learningRate) {}

    /// Returns when the model is published.
    ///
    /// @param listener hears every event
    /// @throws QuickstartException if the run is refused, fails or is cancelled: why
    TrainingEvent.Result follow(Order order, Consumer<TrainingEvent> listener)
            throws IOException, InterruptedException {
        String run = request(order).run();
        for (int attempt = 0; attempt <= RECONNECTS; attempt++) {
            Optional<TrainingEvent> last = listen(run, listener);
            if (last.isPresent()) {
                return result(last.get());
            }
            Thread.sleep(RECONNECT_PAUSE);
        }
        throw new QuickstartException("the trainer does not tell how run " + run + " goes on");
    }

    private TrainingEvent request(Order order) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(trainer.resolve("/runs"))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(order.json()))
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new QuickstartException("the trainer refuses the run: HTTP " + response.statusCode() + " "
                    + new String(response.body(), UTF_8));
        }
        return Json.read(response.body(), TrainingEvent.class);
    }

    /// The final event; empty if the stream ended before it.
    private Optional<TrainingEvent> listen(String run, Consumer<TrainingEvent> listener)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(trainer.resolve("/runs/" + run + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            return Optional.empty();
        }
        try (Stream<String> lines = response.body()) {
            var events = new ServerSentEvents();
            return lines.flatMap(line -> events.add(line).stream())
                    .map(data -> Json.read(data.getBytes(UTF_8), TrainingEvent.class))
                    .peek(listener)
                    .filter(TrainingRun::ended)
                    .findFirst();
        } catch (UncheckedIOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return Optional.empty();
        }
    }

    private static boolean ended(TrainingEvent event) {
        return switch (event.state()) {
            case QUEUED, TRAINING, EXPORTING -> false;
            case SUCCEEDED, FAILED, CANCELLED, INTERRUPTED -> true;
        };
    }

    private static TrainingEvent.Result result(TrainingEvent last) {
        return last.result()
                .orElseThrow(() -> new QuickstartException(last.failure()
                        .map(reason -> "training failed: " + reason)
                        .orElse("training was cancelled")));
    }
}

package io.caracal.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Hands images to the ingest service, as often as it takes. An image keeps its id, so that one which is sent again
/// after a lost answer is not a second image. Safe for concurrent use.
final class Uploader {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI images;
    private final Duration patience;

    /// @param patience how long one image is tried
    Uploader(HttpClient http, URI ingest, Duration patience) {
        this.http = http;
        this.images = ingest.resolve("/images");
        this.patience = patience;
    }

    /// How the ingest service answered.
    sealed interface Answer {
        /// Kafka has the image.
        record Acknowledged() implements Answer {}

        /// Not an image that can be classified.
        record Refused(int status, String problem) implements Answer {}

        /// Still away or too busy when the patience was over.
        record GaveUp(String problem) implements Answer {}
    }

    Answer send(String id, String source, byte[] image) throws InterruptedException {
        var request = HttpRequest.newBuilder(images)
                .timeout(ANSWER)
                .header("Content-Type", "application/octet-stream")
                .header("ce-id", id)
                .header("ce-source", source)
                .POST(BodyPublishers.ofByteArray(image))
                .build();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration pause = PAUSE;
            String problem;
            try {
                HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
                int status = response.statusCode();
                problem = "HTTP " + status + " " + new String(response.body(), UTF_8);
                if (status == 202) {
                    return new Answer.Acknowledged();
                }
                if (status != 429 && status != 503) {
                    return new Answer.Refused(status, problem);
                }
                pause = retryAfter(response);
            } catch (IOException e) {
                problem = e.toString();
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                return new Answer.GaveUp(problem);
            }
            Thread.sleep(pause);
        }
    }

    /// The header in seconds, within bounds; the other form, a date, counts as absent.
    static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait)
                .filter(wait -> !wait.isZero())
                .orElse(PAUSE);
    }
}

package io.caracal.quickstart;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelPublished;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What the inference service answers with.
final class ServedModel {
    private static final Duration SWAP = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(200);

    private final HttpClient http;
    private final URI inference;

    ServedModel(HttpClient http, URI inference) {
        this.http = http;
        this.inference = inference;
    }

    /// Returns when this version answers and images are read.
    ///
    /// @throws QuickstartException if that does not happen in time
    void await(ModelPublished model) throws InterruptedException {
        long deadline = System.nanoTime() + SWAP.toNanos();
        while (!serves(model) || get("/q/health/ready") == null) {
            if (System.nanoTime() > deadline) {
                throw new QuickstartException("the inference service does not serve " + model.name() + " "
                        + model.version() + " after " + SWAP.toSeconds() + " s; see its log and "
                        + inference.resolve("/q/health/ready"));
            }
            Thread.sleep(POLL);
        }
    }

    /// The part of `GET /model` that matters here.
    private record Answering(ModelCard card) {}

    private boolean serves(ModelPublished model) throws InterruptedException {
        byte[] body = get("/model");
        if (body == null) {
            return false;
        }
        ModelCard card = Json.read(body, Answering.class).card();
        return card.name().equals(model.name()) && card.version().equals(model.version());
    }

    /// The body of a 200; else null.
    private byte[] get(String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(inference.resolve(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? response.body() : null;
        } catch (IOException e) {
            return null;
        }
    }
}

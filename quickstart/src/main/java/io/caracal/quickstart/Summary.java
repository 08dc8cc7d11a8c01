package io.caracal.quickstart;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caracal.contracts.Json;
import io.caracal.contracts.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a run comes to; `--json` writes it with these names.
record Summary(
        @JsonProperty("images_sent") int imagesSent,
        @JsonProperty("predictions") int predictions,
        @JsonProperty("rejected") int rejected,
        @JsonProperty("lost") int lost,
        @JsonProperty("duplicated") int duplicated,
        @JsonProperty("accuracy") double accuracy,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonProperty("latency_ms") Latencies.Percentiles latencyMs,
        @JsonProperty("model") Model model) {

    /// @param testAccuracy of the exported file on the held-out images, as the trainer measured it
    record Model(
            @JsonProperty("name") String name,
            @JsonProperty("version") String version,
            @JsonProperty("sha256") String sha256,
            @JsonProperty("parity_max_abs") double parityMaxAbs,
            @JsonProperty("test_accuracy") double testAccuracy) {}

    static Summary of(Streaming.Report report, TrainingEvent.Result result) {
        Tally.Counts counts = report.counts();
        return new Summary(
                counts.sent(),
                counts.predictions(),
                counts.rejected(),
                counts.lost(),
                counts.duplicated(),
                counts.accuracy(),
                counts.imagesPerSecond(),
                report.latencies(),
                new Model(
                        result.model().name(),
                        result.model().version(),
                        result.model().sha256(),
                        result.parityMaxAbs(),
                        result.testAccuracy()));
    }

    /// Whether every image that was meant to be sent has exactly one outcome.
    boolean exactlyOnce(int planned) {
        return imagesSent == planned && lost == 0 && duplicated == 0 && predictions + rejected == planned;
    }

    void write(Path file) throws IOException {
        Files.write(file, Json.write(this));
    }

    /// A short table for a person.
    String table() {
        return """

                model      %s %s, parity %.1e, test accuracy %.4f
                images     %d sent, %d labelled, %d rejected, %d lost, %d duplicated
                accuracy   %.4f
                speed      %.0f images/s
                latency    p50 %.0f ms, p99 %.0f ms from upload to committed label
                """.formatted(
                        model.name(),
                        model.version(),
                        model.parityMaxAbs(),
                        model.testAccuracy(),
                        imagesSent,
                        predictions,
                        rejected,
                        lost,
                        duplicated,
                        accuracy,
                        imagesPerSecond,
                        latencyMs.p50(),
                        latencyMs.p99());
    }
}

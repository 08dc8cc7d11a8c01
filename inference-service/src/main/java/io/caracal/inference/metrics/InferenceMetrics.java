package io.caracal.inference.metrics;

import io.caracal.contracts.Prediction;
import io.caracal.contracts.Prediction.Latency;
import io.caracal.contracts.Prediction.ModelRef;
import io.caracal.contracts.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What the service tells Prometheus, under `caracal.inference`. An image counts when its outcome is committed.
public final class InferenceMetrics {
    private static final String PREFIX = "caracal.inference.";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration FASTEST = Duration.ofNanos(100_000);
    private static final Duration SLOWEST = Duration.ofSeconds(60);

    private final MeterRegistry registry;
    private final Timer queue;
    private final Timer decode;
    private final Timer batchWait;
    private final Timer score;
    private final Timer publish;
    private final Timer endToEnd;
    private final DistributionSummary batchImages;
    private final DistributionSummary runImages;
    private final Counter restarts;
    private final Counter rewinds;
    private final Counter modelsRefused;
    private final MultiGauge model;
    private final AtomicLong inFlightImages = new AtomicLong();
    private final AtomicLong inFlightBytes = new AtomicLong();
    private final AtomicLong lag = new AtomicLong();

    public InferenceMetrics(MeterRegistry registry) {
        this.registry = registry;
        queue = timer("queue", "From the record's timestamp to the poll that returned it");
        decode = timer("decode", "Encoded bytes to pixels");
        batchWait =
                timer("batch.wait", "Between poll and score, not being decoded: waiting for a thread and for others");
        score = timer("score", "The run of the model that the image was part of");
        publish = timer("publish", "Sending and committing the outcomes of a batch");
        endToEnd = timer("end.to.end", "From the record's timestamp to the committed outcome");
        batchImages = summary("batch.images", "Images committed together");
        runImages = summary("run.images", "Images per run of the model");
        restarts = counter("restarts", "Times that the Kafka clients were replaced after a failure");
        rewinds = counter("rewinds", "Times that uncommitted images were read again after a rebalance");
        modelsRefused = counter("models.refused", "Published models that could not be served");
        model = MultiGauge.builder(PREFIX + "model.info")
                .description("1 for the model that answers")
                .register(registry);
        gauge("in.flight.images", "Images polled and not yet committed", inFlightImages);
        gauge("in.flight.bytes", "Encoded bytes of the images polled and not yet committed", inFlightBytes);
        gauge("lag", "Records on the assigned partitions that are not yet polled", lag);
    }

    public void scored(int images) {
        runImages.record(images);
    }

    public void modelServed(ModelRef ref) {
        model.register(
                List.of(MultiGauge.Row.of(Tags.of("name", ref.name(), "version", ref.version()), () -> 1)), true);
    }

    public void modelRefused() {
        modelsRefused.increment();
    }

    public void clientsReplaced() {
        restarts.increment();
    }

    public void rewound() {
        rewinds.increment();
    }

    /// @param records on the assigned partitions that are not yet polled
    public void lag(long records) {
        lag.set(records);
    }

    public void inFlight(long images, long bytes) {
        inFlightImages.set(images);
        inFlightBytes.set(bytes);
    }

    /// A batch was committed.
    ///
    /// @param took to send and commit it
    public void published(int images, Duration took) {
        batchImages.record(images);
        publish.record(took);
    }

    /// An image's prediction was committed.
    ///
    /// @param timestamp of its record
    public void committed(Prediction prediction, Instant timestamp, Instant now) {
        Latency latency = prediction.latency();
        record(queue, latency.queue());
        record(decode, latency.decode());
        record(batchWait, latency.batch());
        record(score, latency.score());
        endToEnd.record(Duration.between(timestamp, now));
        registry.counter(
                        PREFIX + "predictions",
                        "label",
                        prediction.labels().getFirst().label())
                .increment();
    }

    /// An image's rejection was committed.
    public void committed(Rejection rejection, Instant timestamp, Instant now) {
        endToEnd.record(Duration.between(timestamp, now));
        registry.counter(PREFIX + "rejections", "reason", rejection.reason().code())
                .increment();
    }

    private static void record(Timer timer, double millis) {
        timer.record(Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI)));
    }

    private Timer timer(String name, String description) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST)
                .register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(PREFIX + name)
                .description(description)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(registry);
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(PREFIX + name, value, AtomicLong::get)
                .description(description)
                .register(registry);
    }
}

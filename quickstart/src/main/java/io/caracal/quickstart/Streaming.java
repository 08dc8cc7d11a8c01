package io.caracal.quickstart;

import io.caracal.contracts.Outcome;
import io.caracal.contracts.Prediction;
import io.caracal.contracts.Prediction.ScoredLabel;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.Topics;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/// Sends images through the line and hears what becomes of each. So many images are under way at once and no more: the
/// next one is sent when an outcome has come back, as a row of cameras would that the line can keep up with.
final class Streaming {
    /// Images sent that have no outcome yet.
    private static final int UNDER_WAY = 32;

    /// As many sources, so that all partitions have work.
    private static final int CAMERAS = 24;

    private static final Duration TICK = Duration.ofMillis(250);

    private final String bootstrapServers;
    private final Uploader uploader;
    private final Duration patience;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Tally tally = new Tally();
    private final Map<String, ScoredLabel> answers = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(UNDER_WAY);
    private final AtomicLong lastProgress = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>();

    /// @param patience how long the line may stand still before the images under way count as lost
    Streaming(String bootstrapServers, Uploader uploader, Duration patience) {
        this.bootstrapServers = bootstrapServers;
        this.uploader = uploader;
        this.patience = patience;
    }

    /// What came of it.
    ///
    /// @param images in the order in which they were sent
    record Report(Tally.Counts counts, Latencies.Percentiles latencies, List<StreamedImage> images) {}

    /// Streams `count` images, over and over if there are fewer. Returns when all have an outcome or the line has
    /// stood still for too long.
    Report run(ImageSet set, List<Example> examples, int count, Display display) throws InterruptedException {
        lastProgress.set(System.nanoTime());
        try (var reader = new OutcomeReader(bootstrapServers, Topics.DEFAULTS, this::heard);
                Display.Meter meter = display.meter("Streaming", count)) {
            ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
            try {
                Future<?> sending = senders.submit(() -> sendAll(senders, set, examples, count));
                while (!finished(sending, count)) {
                    if (!reader.isReading()) {
                        throw new QuickstartException("the outcomes cannot be read any more");
                    }
                    show(meter);
                    Thread.sleep(TICK);
                    if (System.nanoTime() - lastProgress.get() > patience.toNanos()) {
                        break;
                    }
                }
                // Time for outcomes that should not come: a second one of the last images.
                Thread.sleep(TICK.multipliedBy(2));
                show(meter);
            } finally {
                senders.shutdownNow();
            }
            return new Report(tally.counts(), tally.latencies(), images(examples, count));
        }
    }

    private List<StreamedImage> images(List<Example> examples, int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new StreamedImage(example(examples, number), Optional.ofNullable(answers.get(id(number)))))
                .toList();
    }

    private String id(int number) {
        return run + "-" + number;
    }

    private static Example example(List<Example> examples, int number) {
        return examples.get(number % examples.size());
    }

    private boolean finished(Future<?> sending, int count) {
        Optional.ofNullable(failure.get()).ifPresent(problem -> {
            throw new QuickstartException(problem);
        });
        Tally.Counts counts = tally.counts();
        return sending.isDone() && counts.sent() == count && counts.lost() == 0;
    }

    private Void sendAll(ExecutorService senders, ImageSet set, List<Example> examples, int count)
            throws InterruptedException {
        for (int i = 0; i < count; i++) {
            room.acquire();
            int number = i;
            senders.execute(() -> send(number, set, example(examples, number)));
        }
        // All room free again: every image has been answered for.
        room.acquire(UNDER_WAY);
        return null;
    }

    private void send(int number, ImageSet set, Example example) {
        try {
            send(id(number), "camera-" + number % CAMERAS, example.label(), set.read(example));
        } catch (IOException e) {
            failure.set("an image cannot be read any more: " + e.getMessage());
        } catch (InterruptedException e) {
            // The stream is over.
            Thread.currentThread().interrupt();
        }
    }

    private void send(String id, String source, String label, byte[] image) throws InterruptedException {
        tally.sending(id, label, System.nanoTime());
        switch (uploader.send(id, source, image)) {
            case Uploader.Answer.Acknowledged() -> tally.acknowledged(id);
            case Uploader.Answer.Refused(int status, String problem) -> {
                tally.refused(id, System.nanoTime());
                room.release();
            }
            case Uploader.Answer.GaveUp(String problem) -> {
                if (tally.unsent(id)) {
                    room.release();
                }
            }
        }
        lastProgress.set(System.nanoTime());
    }

    private void heard(Outcome outcome) {
        Optional<ScoredLabel> answer =
                switch (outcome) {
                    case Prediction prediction ->
                        Optional.of(prediction.labels().getFirst());
                    case Rejection rejection -> Optional.empty();
                };
        long now = System.nanoTime();
        if (tally.outcome(outcome.id(), answer.map(ScoredLabel::label), now)) {
            answer.ifPresent(best -> answers.put(outcome.id(), best));
            room.release();
            lastProgress.set(now);
        }
    }

    private void show(Display.Meter meter) {
        Tally.Counts counts = tally.counts();
        Latencies.Percentiles latencies = tally.latencies();
        meter.at(
                counts.predictions() + counts.rejected(),
                "%.0f images/s  accuracy %.3f  latency p50 %.0f ms, p99 %.0f ms"
                        .formatted(counts.imagesPerSecond(), counts.accuracy(), latencies.p50(), latencies.p99()));
    }
}

package io.caracal.quickstart;

import io.caracal.contracts.TrainingEvent;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.datasets.drawn.DrawnZip;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// The whole line, stage by stage: images, processes, training, streaming, summary.
final class Up implements AutoCloseable {
    static final String FAST_PRESET = "seed-cnn";
    static final int DRAWN_IMAGES = 2400;
    static final int DRAWN_EPOCHS = 24;

    /// Few images need many small steps: a quarter of the preset's batch.
    private static final TrainingRun.Steps DRAWN_STEPS = new TrainingRun.Steps(25, 0.0005);

    /// Of a line that stands still: longer than the broker takes to give up on a transaction whose owner died.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final UpSettings settings;
    private final Display display;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final WorkFolder work;
    private final Line line;

    /// @param onDeath is told when a process ends that was not asked to
    Up(UpSettings settings, Display display, Consumer<String> onDeath) {
        this.settings = settings;
        this.display = display;
        this.work = WorkFolder.claim(settings.work());
        this.line = new Line(settings.root(), work, http, onDeath);
    }

    /// @return whether every image had exactly one outcome
    boolean run() throws IOException, InterruptedException {
        System.setProperty(
                "org.slf4j.simpleLogger.logFile", work.logs().resolve("up.log").toString());
        Path data = data();
        try (ImageSet set = ImageSets.open(data)) {
            describe(set);
            startLine();
            TrainingEvent.Result result = train(data);
            new ServedModel(http, line.address(Service.INFERENCE)).await(result.model());
            return stream(set, result);
        }
    }

    private Path data() throws IOException, InterruptedException {
        if (settings.data().isPresent()) {
            return settings.data().get();
        }
        int images = settings.limit().orElse(DRAWN_IMAGES);
        Path zip = work.data().resolve(DrawnZip.fileName(settings.seed(), images));
        if (!Files.exists(zip)) {
            try (Display.Meter meter = display.meter("Drawing", images)) {
                DrawnZip.write(zip, images, settings.seed(), done -> meter.at(done, "images of gears and bearings"));
            }
        }
        return zip;
    }

    private void describe(ImageSet set) {
        display.say("%d images of %s".formatted(set.examples().size(), String.join(", ", set.labels())));
        if (!set.skipped().isEmpty()) {
            display.say("skipped " + Skipped.summary(set.skipped()));
        }
    }

    private void startLine() throws IOException, InterruptedException {
        if (settings.bootstrap().isPresent()) {
            line.useBroker(settings.bootstrap().get());
        } else {
            display.say("Starting Kafka ...");
            line.startBroker();
        }
        line.createTopics();
        display.say("Starting the services ... (logs: " + work.logs() + ")");
        line.startServices();
        display.say(addresses());
    }

    private TrainingEvent.Result train(Path data) throws IOException, InterruptedException {
        boolean drawn = settings.data().isEmpty();
        OptionalInt epochs = settings.epochs().isPresent() || !drawn ? settings.epochs() : OptionalInt.of(DRAWN_EPOCHS);
        var order = new TrainingRun.Order(
                settings.preset(),
                data,
                epochs,
                settings.limit(),
                settings.seed(),
                Optional.of(DRAWN_STEPS)
                        .filter(steps -> drawn && settings.preset().equals(FAST_PRESET)));
        try (var meter = new TrainingMeter(display)) {
            return new TrainingRun(http, line.address(Service.TRAINER)).follow(order, meter);
        }
    }

    private boolean stream(ImageSet set, TrainingEvent.Result result) throws IOException, InterruptedException {
        List<Example> heldOut = HeldOut.read(HeldOut.file(result.testSplit()));
        int count = settings.stream().orElse(heldOut.size());
        var uploader = new Uploader(http, line.address(Service.INGEST), PATIENCE);
        Streaming.Report report =
                new Streaming(line.bootstrapServers(), uploader, PATIENCE).run(set, heldOut, count, display);
        Summary summary = Summary.of(report, result);
        if (settings.json().isPresent()) {
            summary.write(settings.json().get());
        }
        if (settings.predictions().isPresent()) {
            StreamedImage.write(settings.predictions().get(), report.images());
        }
        display.say(summary.table());
        if (!settings.once()) {
            display.say(addresses());
        }
        return summary.exactlyOnce(count);
    }

    private String addresses() {
        return "Kafka %s  ingest %s  inference %s  trainer %s"
                .formatted(
                        line.bootstrapServers(),
                        line.address(Service.INGEST),
                        line.address(Service.INFERENCE),
                        line.address(Service.TRAINER));
    }

    /// Stops everything; from any thread, any number of times.
    void stop() {
        line.close();
        work.close();
    }

    @Override
    public void close() {
        stop();
    }
}

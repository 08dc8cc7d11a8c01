package io.caracal.quickstart;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.Origin;
import io.caracal.contracts.Outcome;
import io.caracal.contracts.Prediction;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.RejectionReason;
import io.caracal.contracts.Topics;
import io.caracal.contracts.TrainingEvent;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.datasets.drawn.DrawnImages;
import io.caracal.datasets.drawn.DrawnZip;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged services on a real broker, with a model that was trained a moment ago.
@Timeout(300)
class WholeLineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int DRAWN = 60;
    private static final int DAMAGED = 300;

    @TempDir
    static Path folder;

    private static final ConcurrentLinkedQueue<String> deaths = new ConcurrentLinkedQueue<>();
    private static final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static WorkFolder work;
    private static Line line;
    private static ImageSet set;
    private static TrainingEvent.Result result;

    @BeforeAll
    static void start() throws Exception {
        work = WorkFolder.claim(folder.resolve("work"));
        line = new Line(ProjectFolder.find(), work, http, deaths::add);
        line.startBroker();
        line.createTopics();
        line.startServices();
        Path zip = folder.resolve("drawn.zip");
        DrawnZip.write(zip, DRAWN, 1, done -> {});
        set = ImageSets.open(zip);
        result = new TrainingRun(http, line.address(Service.TRAINER))
                .follow(
                        new TrainingRun.Order(
                                "seed-cnn", zip, OptionalInt.of(1), OptionalInt.empty(), 1, Optional.empty()),
                        event -> {});
        new ServedModel(http, line.address(Service.INFERENCE)).await(result.model());
    }

    @AfterAll
    static void stop() throws Exception {
        line.close();
        work.close();
        set.close();
        assertThat(deaths).isEmpty();
    }

    @Test
    void killedInTheMiddleOfAStreamTheInferenceServiceLosesAndDoublesNothing() throws Exception {
        // Given
        int count = 600;
        var killed = new CompletableFuture<Void>();
        var killer = new ProgressWatch(count / 3, () -> {
            line.killAndRestart(Service.INFERENCE);
            killed.complete(null);
            return null;
        });
        var streaming = new Streaming(line.bootstrapServers(), uploader(), PATIENCE);

        // When
        Streaming.Report report = streaming.run(set, set.examples(), count, killer);

        // Then
        killed.join();
        assertThat(report.counts())
                .extracting(Tally.Counts::sent, Tally.Counts::predictions, Tally.Counts::lost, Tally.Counts::duplicated)
                .containsExactly(count, count, 0, 0);
        assertThat(Outcomes.by(Outcome::origin, line.bootstrapServers()).values())
                .allSatisfy(outcomes -> assertThat(outcomes).hasSize(1));
    }

    @Test
    void everyDamagedInputEndsOnceAndGoodImagesBesideItAreUnaffected() throws Exception {
        // Given the labels of good images without damaged ones beside them
        var damaged = new DamagedImages(42);
        Map<String, Prediction> alone = new HashMap<>();
        sendGood("alone");
        await().atMost(PATIENCE).until(() -> goodOutcomes("alone").size() == DRAWN);
        alone.putAll(goodOutcomes("alone"));

        // When every second damaged input goes through HTTP, the others directly to the topic, good images between them
        Map<String, DamagedImages.Kind> overHttp = new HashMap<>();
        Map<Origin, DamagedImages.Kind> direct = new HashMap<>();
        List<String> refusedAtTheDoor = new ArrayList<>();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", line.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < DAMAGED; i++) {
                byte[] input = damaged.next(i);
                String id = "damaged-" + i;
                switch (uploader().send(id, "camera", input)) {
                    case Uploader.Answer.Acknowledged() -> overHttp.put(id, DamagedImages.kind(i));
                    case Uploader.Answer.Refused(int status, String problem) -> {
                        assertThat(status).as(problem).isIn(413, 415, 422);
                        refusedAtTheDoor.add(id);
                    }
                    case Uploader.Answer.GaveUp(String problem) -> throw new AssertionError(problem);
                }
                RecordMetadata written = producer.send(new ProducerRecord<>(Topics.DEFAULTS.images(), null, input))
                        .get();
                direct.put(new Origin(written.topic(), written.partition(), written.offset()), DamagedImages.kind(i));
                if (i % (DAMAGED / DRAWN) == 0) {
                    sendGood("beside", i / (DAMAGED / DRAWN));
                }
            }
        }

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<Origin, List<Outcome>> byOrigin = Outcomes.by(Outcome::origin, line.bootstrapServers());
            assertThat(byOrigin).containsKeys(direct.keySet().toArray(Origin[]::new));
            assertThat(Outcomes.by(Outcome::id, line.bootstrapServers()))
                    .containsKeys(overHttp.keySet().toArray(String[]::new));
            assertThat(goodOutcomes("beside")).hasSize(DRAWN);
        });
        Map<Origin, List<Outcome>> byOrigin = Outcomes.by(Outcome::origin, line.bootstrapServers());
        assertThat(byOrigin.values())
                .allSatisfy(outcomes -> assertThat(outcomes).hasSize(1));
        direct.forEach(
                (origin, kind) -> assertPlausible(kind, byOrigin.get(origin).getFirst()));
        assertThat(overHttp.size() + refusedAtTheDoor.size()).isEqualTo(DAMAGED);
        assertThat(Outcomes.by(Outcome::id, line.bootstrapServers()))
                .doesNotContainKeys(refusedAtTheDoor.toArray(String[]::new));
        goodOutcomes("beside")
                .forEach((number, beside) ->
                        assertThat(beside.labels()).isEqualTo(alone.get(number).labels()));
        new ServedModel(http, line.address(Service.INFERENCE)).await(result.model());
    }

    /// What must become of each kind; where a decoder may repair the damage, either outcome is right.
    private static void assertPlausible(DamagedImages.Kind kind, Outcome outcome) {
        Optional<RejectionReason> reason =
                switch (outcome) {
                    case Prediction prediction -> Optional.empty();
                    case Rejection rejection -> {
                        assertThat(rejection.message()).isNotBlank();
                        yield Optional.of(rejection.reason());
                    }
                };
        switch (kind) {
            case TRUNCATED, BIT_FLIPPED -> {}
            case EMPTY -> assertThat(reason).contains(RejectionReason.EMPTY);
            case TEXT -> assertThat(reason).contains(RejectionReason.NOT_AN_IMAGE);
            case HUGE_HEADER -> assertThat(reason).contains(RejectionReason.TOO_MANY_PIXELS);
            case CMYK, ANIMATED_GIF, SIXTEEN_BIT_PNG ->
                assertThat(reason).as("%s", outcome).isEmpty();
        }
    }

    private static void sendGood(String run) throws Exception {
        for (int i = 0; i < DRAWN; i++) {
            sendGood(run, i);
        }
    }

    private static void sendGood(String run, int index) throws Exception {
        Example example = DrawnImages.example(index);
        assertThat(uploader().send(run + ":" + index, "good", set.read(example)))
                .isEqualTo(new Uploader.Answer.Acknowledged());
    }

    /// Predictions of the good images of a run, by number.
    private static Map<String, Prediction> goodOutcomes(String run) {
        return Outcomes.all(line.bootstrapServers()).stream()
                .filter(outcome -> outcome.id().startsWith(run + ":"))
                .map(Prediction.class::cast)
                .collect(toMap(prediction -> prediction.id().substring(run.length() + 1), prediction -> prediction));
    }

    private static Uploader uploader() {
        return new Uploader(http, line.address(Service.INGEST), PATIENCE);
    }
}

package io.caracal.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.Json;
import io.caracal.contracts.Prediction;
import io.caracal.contracts.Topics;
import io.caracal.imaging.Limits;
import io.caracal.inference.ImageRecords;
import io.caracal.inference.Pictures;
import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.model.ModelSlot;
import io.caracal.inference.model.ServedModel;
import io.caracal.inference.pipeline.Pipeline;
import io.caracal.inference.pipeline.PipelineSettings;
import io.caracal.inference.pipeline.StageClock;
import io.caracal.inference.sink.ExactlyOnce;
import io.caracal.inference.sink.OutcomeRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One session over Kafka's own mock clients, step by step.
class StreamSessionTest {
    private static final TopicPartition FIRST = new TopicPartition(ImageRecords.TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(ImageRecords.TOPIC, 1);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private ModelSlot slot;
    private Pipeline pipeline;
    private StreamSession session;

    @BeforeEach
    void open() throws Exception {
        slot = ServedModel.slot(folder);
        InferenceMetrics metrics = new InferenceMetrics(registry);
        pipeline = new Pipeline(slot, new PipelineSettings(2, 2, 1, Limits.DEFAULTS), metrics, StageClock.system());
        StreamSettings settings = new StreamSettings(
                Topics.DEFAULTS,
                "group",
                "instance",
                Delivery.EXACTLY_ONCE,
                StartAt.EARLIEST,
                4,
                Duration.ZERO,
                2,
                1 << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
        session = new StreamSession(
                consumer,
                new ExactlyOnce(producer, consumer, new OutcomeRecords(Topics.DEFAULTS)),
                pipeline,
                settings,
                metrics);
        session.open();
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.setMaxPollRecords(2);
        consumer.rebalance(List.of(FIRST));
    }

    @AfterEach
    void close() {
        session.close();
        pipeline.close();
        slot.close();
    }

    private void image(TopicPartition partition, int i) {
        consumer.addRecord(ImageRecords.at(partition.partition(), i, Pictures.jpeg(i)));
    }

    private void runUntilQuiet() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            session.step();
        }
    }

    private List<String> committedIds() {
        return producer.history().stream()
                .filter(record -> record.topic().equals(Topics.DEFAULTS.predictions()))
                .map(record -> Json.read(record.value(), Prediction.class).id())
                .toList();
    }

    private long committedOffset(TopicPartition partition) {
        return producer.consumerGroupOffsetsHistory().stream()
                .flatMap(groups -> groups.values().stream())
                .filter(offsets -> offsets.containsKey(partition))
                .mapToLong(offsets -> offsets.get(partition).offset())
                .max()
                .orElse(-1);
    }

    /// A real broker would tell the consumer where the group is; the mock must be told.
    private void remember(long offset) {
        consumer.commitSync(Map.of(FIRST, new OffsetAndMetadata(offset)));
    }

    @Test
    void commitsOutcomesAndOffsetsTogetherInOrder() throws Exception {
        // Given
        for (int i = 0; i < 11; i++) {
            image(FIRST, i);
        }

        // When
        runUntilQuiet();

        // Then
        assertThat(committedIds()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(committedOffset(FIRST)).isEqualTo(11);
        assertThat(producer.transactionInFlight()).isFalse();
        assertThat(registry.get("caracal.inference.in.flight.images").gauge().value())
                .isZero();
        assertThat(registry.get("caracal.inference.end.to.end").timer().count()).isEqualTo(11);
    }

    @Test
    void keepsTheKeyAndSendsARejectedImageWithItsBytes() throws Exception {
        // Given
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
        consumer.addRecord(ImageRecords.at(0, 0, text));

        // When
        runUntilQuiet();

        // Then
        ProducerRecord<byte[], byte[]> rejected = producer.history().getFirst();
        assertThat(rejected.topic()).isEqualTo("images-rejected");
        assertThat(rejected.value()).isEqualTo(text);
        assertThat(rejected.key()).isEqualTo("camera".getBytes(StandardCharsets.UTF_8));
        assertThat(registry.get("caracal.inference.rejections")
                        .tag("reason", "not-an-image")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void readsAgainFromTheCommittedOffsetsWhenTheGroupHasMovedOn() throws Exception {
        // Given: two images are committed, then the group refuses the next two
        image(FIRST, 0);
        image(FIRST, 1);
        runUntilQuiet();
        remember(2);
        image(FIRST, 2);
        image(FIRST, 3);
        producer.sendOffsetsToTransactionException = new CommitFailedException("generation");

        // When
        session.step();
        session.step();

        // Then: nothing of it is there, and the consumer is back at the third image
        assertThat(committedIds()).containsExactly("0", "1");
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(consumer.position(FIRST)).isEqualTo(2);
        assertThat(registry.get("caracal.inference.rewinds").counter().count()).isEqualTo(1);

        // When: the group takes us again
        producer.sendOffsetsToTransactionException = null;
        image(FIRST, 2);
        image(FIRST, 3);
        runUntilQuiet();

        // Then
        assertThat(committedIds()).containsExactly("0", "1", "2", "3");
        assertThat(committedOffset(FIRST)).isEqualTo(4);
    }

    @Test
    void readsFromTheBeginningAgainWhenNothingWasEverCommitted() throws Exception {
        // Given
        image(FIRST, 0);
        producer.sendOffsetsToTransactionException = new CommitFailedException("generation");

        // When
        session.step();
        session.step();

        // Then
        assertThat(committedIds()).isEmpty();
        assertThat(consumer.position(FIRST)).isZero();
    }

    @Test
    void commitsWhatIsInFlightBeforeAPartitionIsTaken() throws Exception {
        // Given: one batch is in flight when a rebalance comes
        image(FIRST, 0);
        image(FIRST, 1);
        session.step();

        // When
        consumer.rebalance(List.of(SECOND));
        session.step();

        // Then
        assertThat(committedIds()).containsExactly("0", "1");
        assertThat(committedOffset(FIRST)).isEqualTo(2);
    }

    @Test
    void endsWhenItsProducerIsFenced() throws Exception {
        // Given
        image(FIRST, 0);
        producer.commitTransactionException = new ProducerFencedException("fenced");

        // When, then
        assertThatThrownBy(this::runUntilQuiet).isInstanceOf(ProducerFencedException.class);
        assertThat(committedIds()).isEmpty();
    }

    @Test
    void commitsWhatIsInFlightWhenItIsStopped() throws Exception {
        // Given
        image(FIRST, 0);
        image(FIRST, 1);
        session.step();

        // When
        session.run(() -> true);

        // Then
        assertThat(committedIds()).containsExactly("0", "1");
    }
}

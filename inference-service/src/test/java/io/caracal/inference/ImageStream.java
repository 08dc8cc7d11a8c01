package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.contracts.ImageEvent;
import io.caracal.contracts.Json;
import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.Prediction;
import io.caracal.contracts.PredictionRecord;
import io.caracal.contracts.Topics;
import io.caracal.testing.ReadCommitted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Sends numbered images and looks at what comes out, as somebody who reads committed records only.
final class ImageStream implements AutoCloseable {
    static final int SOURCES = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaProducer<byte[], byte[]> producer;
    private final ReadCommitted reader;
    private final AtomicReference<Exception> failed = new AtomicReference<>();

    ImageStream(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 16 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        reader = new ReadCommitted(bootstrapServers);
    }

    /// Sends image `i` with id `i`, from one of a few sources.
    void send(int i, byte[] bytes) {
        ImageEvent event = new ImageEvent(
                String.valueOf(i), "camera-" + i % SOURCES, Optional.of("image/jpeg"), Instant.now(), bytes);
        send(event.toRecord(Topics.DEFAULTS.images()));
    }

    void send(int from, int to, byte[] bytes) {
        IntStream.range(from, to).forEach(i -> send(i, bytes));
        flush();
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> _ = producer.send(record, (sent, failure) -> {
            if (failure != null) {
                failed.set(failure);
            }
        });
    }

    void publish(ModelPublished model) {
        send(new ProducerRecord<>(
                Topics.DEFAULTS.models(), model.name().getBytes(StandardCharsets.UTF_8), Json.write(model)));
        flush();
    }

    /// Waits until all that was sent is in Kafka.
    void flush() {
        producer.flush();
        assertThat(failed.get()).as("sending").isNull();
    }

    List<Prediction> awaitPredictions(int atLeast) {
        return reader.atLeast(atLeast, Topics.DEFAULTS.predictions(), PATIENCE).stream()
                .map(PredictionRecord::read)
                .toList();
    }

    /// Waits for predictions of that many different images.
    List<Prediction> awaitIds(int atLeast) {
        return reader
                .until(
                        Topics.DEFAULTS.predictions(),
                        PATIENCE,
                        records -> records.stream()
                                        .map(record ->
                                                PredictionRecord.read(record).id())
                                        .distinct()
                                        .count()
                                >= atLeast)
                .stream()
                .map(PredictionRecord::read)
                .toList();
    }

    /// Waits for that many predictions and rejections together.
    void awaitOutcomes(int atLeast) {
        reader.until(
                Topics.DEFAULTS.predictions(),
                PATIENCE,
                predictions -> predictions.size() + rejectedRecords().size() >= atLeast);
    }

    List<ConsumerRecord<byte[], byte[]>> predictionRecords() {
        return reader.all(Topics.DEFAULTS.predictions());
    }

    List<Prediction> predictions() {
        return predictionRecords().stream().map(PredictionRecord::read).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> rejectedRecords() {
        return reader.all(Topics.DEFAULTS.rejected());
    }

    /// Waits until the images 0 to `count` - 1 have come out, and asserts that each did so once and in its source's
    /// order.
    void assertEachOnceInOrder(int count) {
        awaitPredictions(count);
        List<Prediction> predictions = predictions();
        Map<String, Long> times =
                predictions.stream().collect(Collectors.groupingBy(Prediction::id, Collectors.counting()));
        List<Integer> lost = IntStream.range(0, count)
                .filter(i -> !times.containsKey(String.valueOf(i)))
                .boxed()
                .toList();
        assertThat(lost).as("lost").isEmpty();
        assertThat(times.entrySet().stream().filter(entry -> entry.getValue() > 1))
                .as("duplicated")
                .isEmpty();
        Map<String, Integer> last = new HashMap<>();
        for (Prediction prediction : predictions) {
            int i = Integer.parseInt(prediction.id());
            Integer before = last.put(prediction.source(), i);
            assertThat(before == null || before < i)
                    .as("%s: %s before %s", prediction.source(), before, i)
                    .isTrue();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}

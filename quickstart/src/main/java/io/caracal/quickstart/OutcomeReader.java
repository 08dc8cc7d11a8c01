package io.caracal.quickstart;

import io.caracal.contracts.Outcome;
import io.caracal.contracts.PredictionRecord;
import io.caracal.contracts.RejectedRecord;
import io.caracal.contracts.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads what becomes of the images from now on, committed transactions only. Owns its thread and its consumer.
final class OutcomeReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration METADATA = Duration.ofSeconds(30);

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<Outcome> listener;
    private final Thread thread;
    private volatile boolean closed;

    /// When it returns, every later outcome will be heard.
    ///
    /// @param listener is called on the reader's thread
    OutcomeReader(String bootstrapServers, Topics topics, Consumer<Outcome> listener) {
        this.topics = topics;
        this.listener = listener;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "fetch.max.wait.ms",
                        20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(topics.predictions(), topics.rejected())
                .map(topic -> consumer.partitionsFor(topic, METADATA))
                .flatMap(Collection::stream)
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking for the position makes it happen now.
        partitions.forEach(partition -> consumer.position(partition, METADATA));
        thread = Thread.ofPlatform().name("outcomes").start(this::read);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    listener.accept(outcome(record));
                }
            }
        } catch (WakeupException e) {
            // Closed.
        }
    }

    private Outcome outcome(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(topics.predictions())
                ? PredictionRecord.read(record)
                : RejectedRecord.read(record);
    }

    /// False once reading has failed.
    boolean isReading() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            // It ends by itself; who interrupts wants to go on.
            Thread.currentThread().interrupt();
        }
    }
}

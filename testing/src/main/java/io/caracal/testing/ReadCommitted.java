package io.caracal.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads topics from their beginning, as a consumer that sees committed transactions only.
public final class ReadCommitted {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration METADATA = Duration.ofSeconds(10);

    private final String bootstrapServers;

    public ReadCommitted(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// All that the topic holds now, partition by partition in offset order.
    public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, METADATA).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions, METADATA);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            // The position also moves over what is not delivered: control records and aborted transactions.
            while (partitions.stream().anyMatch(each -> consumer.position(each, METADATA) < end.get(each))) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /// Waits until what the topic holds is as it should be.
    ///
    /// @throws org.awaitility.core.ConditionTimeoutException if it is not within the timeout
    public List<ConsumerRecord<byte[], byte[]>> until(
            String topic, Duration timeout, Predicate<List<ConsumerRecord<byte[], byte[]>>> condition) {
        return await("records on " + topic).atMost(timeout).pollInterval(POLL).until(() -> all(topic), condition);
    }

    /// Waits for that many records or more.
    public List<ConsumerRecord<byte[], byte[]>> atLeast(int count, String topic, Duration timeout) {
        return until(topic, timeout, records -> records.size() >= count);
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
    }
}

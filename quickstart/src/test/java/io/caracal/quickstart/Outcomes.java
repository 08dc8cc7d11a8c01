package io.caracal.quickstart;

import static java.util.stream.Collectors.groupingBy;

import io.caracal.contracts.Outcome;
import io.caracal.contracts.PredictionRecord;
import io.caracal.contracts.RejectedRecord;
import io.caracal.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// All committed outcomes that the topics hold, from their beginning: the judge that shares nothing with the code it
/// judges but the topics.
final class Outcomes {
    private static final Duration METADATA = Duration.ofSeconds(20);

    private Outcomes() {}

    static <K> Map<K, List<Outcome>> by(Function<Outcome, K> key, String bootstrapServers) {
        return all(bootstrapServers).stream().collect(groupingBy(key));
    }

    static List<Outcome> all(String bootstrapServers) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.of(Topics.DEFAULTS.predictions(), Topics.DEFAULTS.rejected())
                    .map(topic -> consumer.partitionsFor(topic, METADATA))
                    .flatMap(Collection::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions, METADATA);
            List<Outcome> outcomes = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each, METADATA) < end.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    outcomes.add(
                            record.topic().equals(Topics.DEFAULTS.predictions())
                                    ? PredictionRecord.read(record)
                                    : RejectedRecord.read(record));
                }
            }
            return outcomes;
        }
    }
}

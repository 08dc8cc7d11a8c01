package io.caracal.inference.stream;

import io.caracal.contracts.RecordLimits;
import io.caracal.inference.sink.AtLeastOnce;
import io.caracal.inference.sink.ExactlyOnce;
import io.caracal.inference.sink.OutcomeRecords;
import io.caracal.inference.sink.Publisher;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Makes the consumer and the publisher of a session. Kafka's own settings (security, timeouts) come from the
/// deployment's `kafka.*` properties; what delivery rests on is set here and cannot be overruled.
final class KafkaClients {
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(10);
    private static final int PRODUCER_MEMORY = 4 * RecordLimits.REJECTED_RECORD;

    private final Map<String, Object> deployment;
    private final StreamSettings settings;
    private final OutcomeRecords records;
    private String transactionalId;

    KafkaClients(Map<String, Object> deployment, StreamSettings settings) {
        this.deployment = Map.copyOf(deployment);
        this.settings = settings;
        this.records = new OutcomeRecords(settings.topics());
        this.transactionalId = settings.groupId() + "-" + settings.instanceId();
    }

    /// From now on under an id that nobody else has. A producer is fenced when its transaction's time was up, or when
    /// another instance was given the same id: taking turns in fencing each other, neither would come to commit.
    void leaveTransactionalId() {
        transactionalId = settings.groupId() + "-" + settings.instanceId() + "-" + UUID.randomUUID();
    }

    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(deployment);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.groupId() + "-" + settings.instanceId());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, settings.startAt().kafkaName());
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis()));
        config.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis() / 3));
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRecords(settings));
        // What is fetched ahead is memory too.
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) (settings.inFlightBytes() / 2));
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, (int) (settings.inFlightBytes() / 2));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// A batch is filled by whole polls, so a poll returns half a batch and never makes one too large.
    static int pollRecords(StreamSettings settings) {
        return Math.max(1, settings.batchImages() / 2);
    }

    Publisher publisher(Consumer<byte[], byte[]> consumer) {
        return switch (settings.delivery()) {
            case EXACTLY_ONCE -> new ExactlyOnce(producer(transactional()), consumer, records);
            case AT_LEAST_ONCE -> new AtLeastOnce(producer(Map.of()), consumer, records);
        };
    }

    private Map<String, Object> transactional() {
        return Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(settings.transactionTimeout().toMillis()));
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(deployment);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, settings.groupId() + "-" + settings.instanceId());
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // Images are compressed already.
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RecordLimits.REJECTED_RECORD);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_MEMORY);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
        // When the transaction's time is up, whatever is still being sent is of no use.
        int patience = Math.toIntExact(settings.transactionTimeout().toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.putAll(more);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}

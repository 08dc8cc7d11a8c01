package io.caracal.ingest.publish;

import io.caracal.contracts.RecordLimits;
import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/// What the images channel needs of Kafka's producer and no deployment may change.
@ApplicationScoped
class ProducerSettings implements ClientCustomizer<Map<String, Object>> {
    private static final int BATCH_BYTES = 256 * 1024;

    private final PublishSettings settings;

    ProducerSettings(PublishSettings settings) {
        this.settings = settings;
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> producer) {
        long timeout = settings.timeout().toMillis();
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // The channel's own `retries` is 0: SmallRye would send a record again as a new one. Kafka's retries are
        // idempotent.
        producer.put(ProducerConfig.RETRIES_CONFIG, String.valueOf(Integer.MAX_VALUE));
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(timeout));
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(timeout / 2));
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(timeout / 2));
        // Under load, batches form while earlier ones are on their way; waiting for them only delays a single sender.
        producer.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        producer.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        // Known once, the topic stays known: looking it up would block the thread that sends, and what waits behind it
        // could be sent after its sender was told that it was not. Kafka's addresses are resolved again all the same.
        producer.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        producer.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, String.valueOf(Integer.MAX_VALUE));
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(RecordLimits.IMAGE_RECORD));
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(BATCH_BYTES));
        producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(2L * settings.inFlightBytes()));
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return producer;
    }
}

package io.caracal.inference;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// Records as they come from the `images` topic, without one.
public final class ImageRecords {
    public static final String TOPIC = "images";

    private ImageRecords() {}

    /// With the id `OFFSET`, the key `camera` and a timestamp of second 1000.
    public static ConsumerRecord<byte[], byte[]> at(int partition, long offset, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", String.valueOf(offset).getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                1_000_000,
                TimestampType.CREATE_TIME,
                6,
                value == null ? -1 : value.length,
                "camera".getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                Optional.of(0));
    }
}

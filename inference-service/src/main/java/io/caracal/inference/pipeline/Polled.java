package io.caracal.inference.pipeline;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Records that one or more polls returned, in the order in which they came.
///
/// @param at when they were complete
/// @param nanos the same moment on the clock that measures durations
public record Polled(List<ConsumerRecord<byte[], byte[]>> records, Instant at, long nanos) {
    public Polled {
        records = List.copyOf(records);
    }

    public long bytes() {
        return records.stream()
                .mapToLong(record -> Math.max(0, record.serializedValueSize()))
                .sum();
    }

    Polled part(int from, int to) {
        return new Polled(records.subList(from, to), at, nanos);
    }
}

package io.caracal.inference.pipeline;

import io.caracal.contracts.Outcome;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// An image's record and what became of it.
public record Finished(ConsumerRecord<byte[], byte[]> record, Outcome outcome) {}

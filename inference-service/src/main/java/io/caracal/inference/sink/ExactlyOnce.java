package io.caracal.inference.sink;

import io.caracal.inference.pipeline.Finished;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Outcomes and offsets in one transaction. A member that the group has left behind cannot commit, because the
/// transaction carries the group's generation (KIP-447).
public final class ExactlyOnce implements Publisher {
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final OutcomeRecords records;

    /// @param producer transactional; owned from now on
    /// @param consumer for the group's generation; stays the caller's
    public ExactlyOnce(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, OutcomeRecords records) {
        this.producer = producer;
        this.consumer = consumer;
        this.records = records;
    }

    @Override
    public void open() {
        producer.initTransactions();
    }

    @Override
    public Result publish(List<Finished> batch, Map<TopicPartition, OffsetAndMetadata> offsets) {
        producer.beginTransaction();
        try {
            for (Finished finished : batch) {
                // A send that fails makes the commit fail, with its cause.
                Future<RecordMetadata> _ = producer.send(records.of(finished));
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
            return Result.COMMITTED;
        } catch (CommitFailedException e) {
            producer.abortTransaction();
            return Result.OVERTAKEN;
        } catch (KafkaException e) {
            if (TooLarge.isCauseOf(e)) {
                records.refused(batch);
            }
            abort(e);
            throw e;
        }
    }

    /// Aborts if that is still possible. If not, the coordinator does it: when the next producer of this id opens, or
    /// when the transaction's time is up.
    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

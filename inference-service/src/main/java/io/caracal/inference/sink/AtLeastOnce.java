package io.caracal.inference.sink;

import io.caracal.inference.pipeline.Finished;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/// Outcomes first, offsets when the broker has them all: nothing is lost, and what lies between a crash and the last
/// commit is published twice.
public final class AtLeastOnce implements Publisher {
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final OutcomeRecords records;

    /// @param producer owned from now on
    /// @param consumer commits the offsets; stays the caller's
    public AtLeastOnce(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, OutcomeRecords records) {
        this.producer = producer;
        this.consumer = consumer;
        this.records = records;
    }

    @Override
    public void open() {
        // There is nothing to claim before the first record.
    }

    @Override
    public Result publish(List<Finished> batch, Map<TopicPartition, OffsetAndMetadata> offsets) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
        for (Finished finished : batch) {
            sent.add(producer.send(records.of(finished)));
        }
        producer.flush();
        try {
            sent.forEach(AtLeastOnce::check);
        } catch (KafkaException e) {
            if (TooLarge.isCauseOf(e)) {
                records.refused(batch);
            }
            throw e;
        }
        try {
            consumer.commitSync(offsets);
            return Result.COMMITTED;
        } catch (CommitFailedException | RebalanceInProgressException | RetriableCommitFailedException e) {
            return Result.OVERTAKEN;
        }
    }

    private static void check(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("an outcome could not be written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

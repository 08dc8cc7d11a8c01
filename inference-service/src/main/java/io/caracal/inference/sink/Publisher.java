package io.caracal.inference.sink;

import io.caracal.inference.pipeline.Finished;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Writes outcomes and the offsets of their images. Used by one thread.
public sealed interface Publisher extends AutoCloseable permits ExactlyOnce, AtLeastOnce {

    /// What became of a batch.
    enum Result {
        /// Outcomes and offsets are in Kafka.
        COMMITTED,
        /// The group has given the partitions to somebody else in the meantime. Nothing that a reader of committed
        /// records sees was written; the caller reads again from the committed offsets.
        OVERTAKEN
    }

    /// Called once before the first [#publish], and may wait for the broker.
    void open();

    /// Waits until the batch is committed.
    ///
    /// @param offsets of the first record not yet processed, per partition
    /// @throws RuntimeException if it is unknown or impossible: the publisher and the consumer are then of no more
    /// use, and new ones find the truth in the committed offsets
    Result publish(List<Finished> batch, Map<TopicPartition, OffsetAndMetadata> offsets);

    @Override
    void close();
}

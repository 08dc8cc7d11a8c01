package io.caracal.inference.stream;

import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.pipeline.Finished;
import io.caracal.inference.pipeline.PendingBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The batches that are polled and not yet committed, oldest first. Used by one thread.
final class InFlight {
    private final Deque<PendingBatch> batches = new ArrayDeque<>();
    private final int maxBatches;
    private final long maxBytes;
    private final InferenceMetrics metrics;
    private long images;
    private long bytes;

    InFlight(int maxBatches, long maxBytes, InferenceMetrics metrics) {
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
        this.metrics = metrics;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    boolean isFull() {
        return batches.size() >= maxBatches || bytes >= maxBytes;
    }

    boolean isOldestDone() {
        return !batches.isEmpty() && batches.peekFirst().isDone();
    }

    void add(PendingBatch batch) {
        batches.addLast(batch);
        count(batch, 1);
    }

    /// The oldest batch and those behind it that are done as well, to be committed together.
    ///
    /// @param offsets where each partition goes on behind these
    record Ready(List<Finished> finished, Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /// Waits for the oldest batch and removes what it returns.
    Ready takeOldest() throws InterruptedException {
        List<Finished> finished = new ArrayList<>(take());
        while (isOldestDone()) {
            finished.addAll(take());
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Finished one : finished) {
            ConsumerRecord<byte[], byte[]> record = one.record();
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
        }
        return new Ready(finished, offsets);
    }

    private List<Finished> take() throws InterruptedException {
        PendingBatch oldest = Optional.ofNullable(batches.peekFirst()).orElseThrow();
        List<Finished> finished = oldest.await();
        batches.removeFirst();
        count(oldest, -1);
        return finished;
    }

    /// Forgets everything; it will be read again.
    void drop() {
        for (PendingBatch batch : batches) {
            batch.cancel();
            count(batch, -1);
        }
        batches.clear();
    }

    private void count(PendingBatch batch, int sign) {
        images += sign * (long) batch.polled().records().size();
        bytes += sign * batch.polled().bytes();
        metrics.inFlight(images, bytes);
    }
}

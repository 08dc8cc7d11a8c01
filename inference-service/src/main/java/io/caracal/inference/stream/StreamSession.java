package io.caracal.inference.stream;

import io.caracal.contracts.Prediction;
import io.caracal.contracts.Rejection;
import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.pipeline.Finished;
import io.caracal.inference.pipeline.Pipeline;
import io.caracal.inference.pipeline.Polled;
import io.caracal.inference.sink.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/// One life of a consumer and its publisher, on one thread: poll, hand to the pipeline, and while that works commit
/// the batch before. Owns both clients. After any exception the session is of no more use; the committed offsets say
/// where the next one goes on.
final class StreamSession implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StreamSession.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Publisher publisher;
    private final Pipeline pipeline;
    private final StreamSettings settings;
    private final InferenceMetrics metrics;
    private final InFlight inFlight;
    /// What the polls of the batch that is being filled have returned so far.
    private final List<ConsumerRecord<byte[], byte[]>> filling = new ArrayList<>();
    private boolean overtaken;
    private boolean fruitful;

    StreamSession(
            Consumer<byte[], byte[]> consumer,
            Publisher publisher,
            Pipeline pipeline,
            StreamSettings settings,
            InferenceMetrics metrics) {
        this.consumer = consumer;
        this.publisher = publisher;
        this.pipeline = pipeline;
        this.settings = settings;
        this.metrics = metrics;
        this.inFlight = new InFlight(settings.inFlightBatches(), settings.inFlightBytes(), metrics);
    }

    /// Claims the transactional id and joins the group.
    void open() {
        publisher.open();
        consumer.subscribe(List.of(settings.topics().images()), new Rebalance());
    }

    /// Runs until told to stop, then commits what is in flight.
    void run(BooleanSupplier stopping) throws InterruptedException {
        while (!stopping.getAsBoolean()) {
            step();
        }
        publishAll();
    }

    /// True once a batch was committed.
    boolean isFruitful() {
        return fruitful;
    }

    /// One poll, and one commit if there is something to commit.
    void step() throws InterruptedException {
        Polled polled = poll(inFlight.isEmpty() ? IDLE_POLL : Duration.ZERO);
        if (overtaken) {
            // What this poll returned lies behind images that will be read again: it is read again as well.
            rewind();
            return;
        }
        boolean nothingNew = polled.records().isEmpty();
        if (!nothingNew) {
            inFlight.add(pipeline.submit(polled));
        }
        if (!inFlight.isEmpty() && (nothingNew || inFlight.isFull() || inFlight.isOldestDone())) {
            publishOldest();
        }
        if (overtaken) {
            rewind();
        }
    }

    private Polled poll(Duration patience) {
        filling.clear();
        int perPoll = KafkaClients.pollRecords(settings);
        int returned = fill(patience);
        long deadline = pipeline.clock().nanos() + settings.batchWait().toNanos();
        while (returned > 0 && filling.size() + perPoll <= settings.batchImages()) {
            long left = Math.max(0, deadline - pipeline.clock().nanos());
            if (left == 0 && returned < perPoll) {
                break;
            }
            returned = fill(Duration.ofNanos(left));
        }
        metrics.lag(lag());
        return new Polled(filling, pipeline.clock().now(), pipeline.clock().nanos());
    }

    private int fill(Duration patience) {
        var records = consumer.poll(patience);
        records.forEach(filling::add);
        return records.count();
    }

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            lag += consumer.currentLag(partition).orElse(0);
        }
        return lag;
    }

    private void publishAll() throws InterruptedException {
        while (!inFlight.isEmpty() && !overtaken) {
            publishOldest();
        }
    }

    private void publishOldest() throws InterruptedException {
        InFlight.Ready ready = inFlight.takeOldest();
        long started = pipeline.clock().nanos();
        switch (publisher.publish(ready.finished(), ready.offsets())) {
            case COMMITTED ->
                committed(ready.finished(), Duration.ofNanos(pipeline.clock().nanos() - started));
            case OVERTAKEN -> overtaken = true;
        }
    }

    private void committed(List<Finished> batch, Duration took) {
        fruitful = true;
        metrics.published(batch.size(), took);
        Instant now = pipeline.clock().now();
        for (Finished finished : batch) {
            Instant timestamp = Instant.ofEpochMilli(finished.record().timestamp());
            switch (finished.outcome()) {
                case Prediction prediction -> metrics.committed(prediction, timestamp, now);
                case Rejection rejection -> metrics.committed(rejection, timestamp, now);
            }
        }
    }

    /// Forgets what is in flight and reads on where the group's committed offsets are.
    private void rewind() {
        LOG.info("The group was rebalanced in the middle of a batch; it is read again from the committed offsets");
        metrics.rewound();
        inFlight.drop();
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned);
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset != null) {
                consumer.seek(partition, offset);
            } else {
                switch (settings.startAt()) {
                    case EARLIEST -> consumer.seekToBeginning(Set.of(partition));
                    case LATEST -> consumer.seekToEnd(Set.of(partition));
                }
            }
        }
        overtaken = false;
    }

    /// Runs inside `poll`, on the session's thread.
    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debugf("Assigned %s", partitions);
        }

        /// The partitions are still ours until this returns: what is in flight is committed, so that the next owner
        /// begins behind it.
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // The next owner reads these: a batch that is not yet in the pipeline is not worth the wait.
            filling.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
            try {
                publishAll();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }

        /// They are somebody else's already: nothing of them can be committed any more.
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            overtaken = true;
        }
    }

    /// Leaves the group. An open transaction is left to the coordinator.
    @Override
    public void close() {
        inFlight.drop();
        publisher.close();
        consumer.close(CloseOptions.timeout(settings.drainTimeout()));
    }
}

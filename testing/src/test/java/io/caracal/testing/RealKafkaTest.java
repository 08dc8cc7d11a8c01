package io.caracal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ImageEvent;
import io.caracal.contracts.ImageRecord;
import io.caracal.contracts.RecordLimits;
import io.caracal.contracts.RejectedRecord;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.RejectionReason;
import io.caracal.contracts.TopicCreator;
import io.caracal.contracts.TopicSpec;
import io.caracal.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RealKafkaTest {
    private static final Topics TOPICS = Topics.DEFAULTS;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static RealKafka kafka;
    private static ReadCommitted reader;

    @BeforeAll
    static void start() {
        kafka = RealKafka.start();
        reader = new ReadCommitted(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void carriesTheLargestImageAndItsRejection() throws Exception {
        // Given an image at the limit, with the longest id and source
        var bytes = new byte[RecordLimits.IMAGE];
        bytes[0] = 1;
        String longest = "x".repeat(ImageEvent.MAX_TEXT_LENGTH);
        var event =
                new ImageEvent(longest, longest, Optional.of(longest), Optional.of("image/jpeg"), Instant.EPOCH, bytes);

        // When it is sent, read and rejected
        try (var producer = producer(Map.of())) {
            producer.send(event.toRecord(TOPICS.images())).get();
            var sent = reader.atLeast(1, TOPICS.images(), TIMEOUT).getFirst();
            ImageRecord read = ImageRecord.from(sent);
            var rejection =
                    new Rejection(read.id(), read.source(), RejectionReason.DAMAGED, "m".repeat(2000), read.origin());
            producer.send(RejectedRecord.write(TOPICS.rejected(), sent, rejection))
                    .get();
        }

        // Then every limit on the way let it through, unchanged
        var rejected = reader.atLeast(1, TOPICS.rejected(), TIMEOUT).getFirst();
        assertThat(rejected.value()).isEqualTo(bytes);
        assertThat(RejectedRecord.read(rejected).id()).isEqualTo(longest);
    }

    @Test
    void refusesWhatIsLargerThanAnImageRecord() {
        try (var producer = producer(Map.of())) {
            // Given
            var record = new ProducerRecord<byte[], byte[]>(TOPICS.images(), new byte[RecordLimits.IMAGE_RECORD]);

            // When, Then
            assertThatThrownBy(() -> producer.send(record).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void showsCommittedRecordsOnly() throws Exception {
        // Given an aborted and a committed transaction
        try (var producer = producer(Map.of("transactional.id", "test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPICS.predictions(), new byte[] {1}))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPICS.predictions(), new byte[] {2}))
                    .get();
            producer.commitTransaction();
        }

        // When
        var records = reader.all(TOPICS.predictions());

        // Then
        assertThat(records).extracting(record -> record.value()[0]).containsExactly((byte) 2);
    }

    @Test
    void createsTopicsOnceAndLeavesExistingOnesAlone() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            // Given one topic that exists, with other partitions than wanted, and one that does not
            var creator = new TopicCreator(admin);
            var existing = new TopicSpec(TOPICS.models(), 3, Map.of());
            var missing = new TopicSpec("new-topic", 2, Map.of("cleanup.policy", "compact"));

            // When
            List<String> first = creator.createMissing(List.of(existing, missing));
            List<String> second = creator.createMissing(List.of(existing, missing));

            // Then
            assertThat(first).containsExactly("new-topic");
            assertThat(second).isEmpty();
            var topics = admin.describeTopics(List.of(TOPICS.models(), "new-topic"))
                    .allTopicNames()
                    .get();
            assertThat(topics.get(TOPICS.models()).partitions()).hasSize(1);
            assertThat(topics.get("new-topic").partitions()).hasSize(2);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("max.request.size", 2 * RecordLimits.REJECTED_RECORD);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}

package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RejectedRecordTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void carriesTheOriginalUntouched() {
        // Given
        var original = Examples.received(Examples.image(BYTES).toRecord("images"));

        // When
        var rejected = RejectedRecord.write("images-rejected", original, rejection(original));

        // Then
        assertThat(rejected.topic()).isEqualTo("images-rejected");
        assertThat(rejected.value()).isSameAs(BYTES);
        assertThat(rejected.key()).isEqualTo("gate-3".getBytes(UTF_8));
        assertThat(rejected.timestamp()).isEqualTo(Examples.TIME.toEpochMilli());
        assertThat(headers(rejected))
                .containsExactly(
                        "ce_specversion=1.0",
                        "ce_id=gate-3/000017",
                        "ce_source=gate-3",
                        "ce_type=io.caracal.image",
                        "ce_time=2026-11-01T10:00:00.250Z",
                        "content-type=image/jpeg",
                        "caracal_reason=damaged",
                        "caracal_message=cut off",
                        "caracal_topic=images",
                        "caracal_partition=3",
                        "caracal_offset=42");
    }

    @Test
    void isReadAsItWasWritten() {
        // Given
        var original = Examples.received(Examples.image(BYTES).toRecord("images"));
        var rejection = rejection(original);

        // When
        var read = RejectedRecord.read(Examples.received(RejectedRecord.write("images-rejected", original, rejection)));

        // Then
        assertThat(read).isEqualTo(rejection);
    }

    @Test
    void anImageWithoutHeadersKeepsTheIdOfItsPlace() {
        // Given
        var original = Examples.received(null, BYTES, new RecordHeaders());
        var rejection = rejection(original);

        // When
        var read = RejectedRecord.read(Examples.received(RejectedRecord.write("images-rejected", original, rejection)));

        // Then
        assertThat(read).isEqualTo(rejection);
        assertThat(read.id()).isEqualTo("images-3-42");
    }

    @Test
    void aSecondRejectionReplacesTheFirst() {
        // Given a rejected record that was sent to `images` again
        var original = Examples.received(Examples.image(BYTES).toRecord("images"));
        var again = Examples.received(RejectedRecord.write("images", original, rejection(original)));
        var second =
                new Rejection("gate-3/000017", "gate-3", RejectionReason.EMPTY, "second", new Origin("images", 0, 99));

        // When
        var rejected = RejectedRecord.write("images-rejected", again, second);

        // Then
        assertThat(headers(rejected))
                .filteredOn(header -> header.startsWith("caracal_"))
                .hasSize(5);
        assertThat(RejectedRecord.read(Examples.received(rejected))).isEqualTo(second);
    }

    @Test
    void whatNoRecordCanHoldIsLeftOut() {
        // Given a record that a compressed batch brought past the broker's limit
        var headers = new RecordHeaders().add(CloudEvents.ID, "huge".getBytes(UTF_8));
        var original = Examples.received(BYTES, new byte[RecordLimits.REJECTED_RECORD], headers);
        var rejection = rejection(original);

        // When
        var rejected = RejectedRecord.write("images-rejected", original, rejection);

        // Then
        assertThat(rejected.value()).isNull();
        assertThat(headers(rejected)).contains("caracal_omitted_bytes=" + (RecordLimits.REJECTED_RECORD + 3 + 5 + 4));
        assertThat(RejectedRecord.read(Examples.received(rejected))).isEqualTo(rejection);
    }

    @Test
    void everyReasonHasItsCode() {
        assertThat(Stream.of(RejectionReason.values()).map(RejectionReason::code))
                .containsExactly("empty", "too-many-bytes", "too-many-pixels", "not-an-image", "damaged", "unscorable");
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(RejectionReason.ofCode(reason.code())).isEqualTo(reason);
        }
    }

    @Test
    void whatIsNoRejectionIsMalformed() {
        // Given
        var noise = new Random(5);
        String[] names = {
            RejectedRecord.REASON,
            RejectedRecord.MESSAGE,
            RejectedRecord.TOPIC,
            RejectedRecord.PARTITION,
            RejectedRecord.OFFSET
        };

        for (int round = 0; round < 5_000; round++) {
            var original = Examples.received(Examples.image(BYTES).toRecord("images"));
            var rejected = RejectedRecord.write("images-rejected", original, rejection(original));
            byte[] bytes = new byte[noise.nextInt(6)];
            noise.nextBytes(bytes);
            rejected.headers().add(names[noise.nextInt(names.length)], noise.nextBoolean() ? bytes : null);

            // When, Then
            try {
                assertThat(RejectedRecord.read(Examples.received(rejected))).isNotNull();
            } catch (MalformedRecordException e) {
                assertThat(e.getMessage()).startsWith("no rejection at images-rejected-3-42: ");
            }
        }
    }

    @Test
    void aMissingHeaderIsNamed() {
        assertThatThrownBy(() -> RejectedRecord.read(Examples.received(null, BYTES, new RecordHeaders())))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("no rejection at images-3-42: header caracal_topic is missing");
    }

    private static Rejection rejection(ConsumerRecord<byte[], byte[]> original) {
        ImageRecord image = ImageRecord.from(original);
        return new Rejection(image.id(), image.source(), RejectionReason.DAMAGED, "cut off", image.origin());
    }

    private static Stream<String> headers(ProducerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false).map(RejectedRecordTest::text);
    }

    private static String text(Header header) {
        return header.key() + "=" + new String(header.value(), UTF_8);
    }
}

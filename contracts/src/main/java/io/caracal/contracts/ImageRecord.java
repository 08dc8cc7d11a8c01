package io.caracal.contracts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// An image as it was read from the `images` topic: the encoded bytes untouched and what its headers say.
///
/// @param id CloudEvents `ce_id`, or `topic-partition-offset` when the producer sent no usable one
/// @param source CloudEvents `ce_source`, else the record key, else the topic
/// @param contentType what the producer claims; never trusted, the bytes decide
/// @param time when the image was taken or sent: `ce_time`, else the record's timestamp
/// @param key the record key as it was, copied to the outcome so that order per key is kept; null when absent
/// @param bytes the encoded image, empty when there was none; owned by this record, callers must not write to it
public record ImageRecord(
        String id, String source, Optional<String> contentType, Instant time, Origin origin, byte[] key, byte[] bytes) {
    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /// Reads what any producer wrote. Never throws: a header that is missing, or is no valid UTF-8, or blank, or
    /// longer than 256 characters, or has control characters counts as absent.
    public static ImageRecord from(ConsumerRecord<byte[], byte[]> record) {
        var origin = new Origin(record.topic(), record.partition(), record.offset());
        return new ImageRecord(
                HeaderText.read(record.headers(), CloudEvents.ID).orElseGet(origin::asId),
                HeaderText.read(record.headers(), CloudEvents.SOURCE)
                        .or(() -> HeaderText.decode(record.key()))
                        .orElse(record.topic()),
                HeaderText.read(record.headers(), CloudEvents.CONTENT_TYPE),
                HeaderText.read(record.headers(), CloudEvents.TIME)
                        .flatMap(ImageRecord::parseTime)
                        .orElseGet(() -> timestamp(record)),
                origin,
                record.key(),
                record.value() == null ? new byte[0] : record.value());
    }

    /// RFC 3339, years 1 to 9999.
    private static Optional<Instant> parseTime(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(ImageRecord::isWritable);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Instant timestamp(ConsumerRecord<byte[], byte[]> record) {
        Instant timestamp = Instant.ofEpochMilli(record.timestamp());
        return isWritable(timestamp) ? timestamp : Instant.EPOCH;
    }

    private static boolean isWritable(Instant time) {
        return !time.isBefore(FIRST_TIME) && !time.isAfter(LAST_TIME);
    }
}

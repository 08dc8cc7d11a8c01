package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A [Rejection] on the `images-rejected` topic: the original record as it was, key, value, headers and timestamp,
/// and beside its headers those that say why it is there. Sent back to `images`, it is the same image again.
public final class RejectedRecord {
    public static final String REASON = "caracal_reason";
    public static final String MESSAGE = "caracal_message";
    public static final String TOPIC = "caracal_topic";
    public static final String PARTITION = "caracal_partition";
    public static final String OFFSET = "caracal_offset";

    /// Present, with the number of bytes left out as its value, when the original was larger than any record may be.
    /// A compressed batch can carry such a record past the broker's limit. Its origin still says where it lies.
    public static final String OMITTED_BYTES = "caracal_omitted_bytes";

    private static final String OWN_HEADERS = "caracal_";
    private static final int MAX_MESSAGE_LENGTH = 1024;
    private static final int OVERHEAD = 64 * 1024;

    private RejectedRecord() {}

    /// @param original the record as it came from `images`
    public static ProducerRecord<byte[], byte[]> write(
            String topic, ConsumerRecord<byte[], byte[]> original, Rejection rejection) {
        return write(topic, original, rejection, size(original) + OVERHEAD <= RecordLimits.REJECTED_RECORD);
    }

    /// For a broker that takes less than Caracal's own topics do: as if the original were larger than any record may
    /// be.
    public static ProducerRecord<byte[], byte[]> writeWithoutBytes(
            String topic, ConsumerRecord<byte[], byte[]> original, Rejection rejection) {
        return write(topic, original, rejection, false);
    }

    private static ProducerRecord<byte[], byte[]> write(
            String topic, ConsumerRecord<byte[], byte[]> original, Rejection rejection, boolean fits) {
        var headers = fits ? foreign(original.headers()) : new RecordHeaders();
        HeaderText.write(headers, REASON, rejection.reason().code());
        HeaderText.write(headers, MESSAGE, shortened(rejection.message()));
        HeaderText.write(headers, TOPIC, rejection.origin().topic());
        HeaderText.write(headers, PARTITION, String.valueOf(rejection.origin().partition()));
        HeaderText.write(headers, OFFSET, String.valueOf(rejection.origin().offset()));
        if (!fits) {
            HeaderText.write(headers, CloudEvents.ID, rejection.id());
            HeaderText.write(headers, CloudEvents.SOURCE, rejection.source());
            HeaderText.write(headers, OMITTED_BYTES, String.valueOf(size(original)));
        }
        Long timestamp = original.timestamp() < 0 ? null : original.timestamp();
        return new ProducerRecord<>(
                topic, null, timestamp, fits ? original.key() : null, fits ? original.value() : null, headers);
    }

    /// @throws MalformedRecordException if a header is missing or wrong
    public static Rejection read(ConsumerRecord<byte[], byte[]> record) {
        try {
            var origin = new Origin(
                    text(record, TOPIC),
                    Integer.parseInt(text(record, PARTITION)),
                    Long.parseLong(text(record, OFFSET)));
            return new Rejection(
                    HeaderText.read(record.headers(), CloudEvents.ID).orElseGet(origin::asId),
                    HeaderText.read(record.headers(), CloudEvents.SOURCE)
                            .or(() -> HeaderText.decode(record.key()))
                            .orElse(origin.topic()),
                    RejectionReason.ofCode(text(record, REASON)),
                    text(record, MESSAGE),
                    origin);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(
                    "no rejection at " + record.topic() + "-" + record.partition() + "-" + record.offset() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return new String(header.value(), UTF_8);
    }

    private static RecordHeaders foreign(Headers original) {
        var headers = new RecordHeaders();
        for (Header header : original) {
            // What an earlier rejection said of a record that was sent again is no longer true.
            if (!header.key().startsWith(OWN_HEADERS)) {
                headers.add(header);
            }
        }
        return headers;
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH);
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += header.key().getBytes(UTF_8).length + length(header.value());
        }
        return size;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}

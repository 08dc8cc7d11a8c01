package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/// An image on its way to the `images` topic.
///
/// @param id unique per source; a repeated one is the same image
/// @param source camera, tenant, folder
/// @param key the record key: images of one key keep their order; without one they are spread over the partitions
/// @param contentType what the sender says the bytes are
/// @param time when the image was taken or sent
/// @param bytes the encoded image, sent as it is
public record ImageEvent(
        String id, String source, Optional<String> key, Optional<String> contentType, Instant time, byte[] bytes) {
    /// Of an id, a source, a key or a content type: UTF-16 characters.
    public static final int MAX_TEXT_LENGTH = HeaderText.MAX_LENGTH;

    /// @throws IllegalArgumentException if a text is blank, longer than [#MAX_TEXT_LENGTH] or has control characters
    public ImageEvent {
        require("id", id);
        require("source", source);
        key.ifPresent(text -> require("key", text));
        contentType.ifPresent(type -> require("content type", type));
    }

    /// An image whose source is its key.
    public ImageEvent(String id, String source, Optional<String> contentType, Instant time, byte[] bytes) {
        this(id, source, Optional.of(source), contentType, time, bytes);
    }

    /// True for what [#ImageEvent] accepts as id, source, key or content type.
    public static boolean isText(String text) {
        return HeaderText.isUsable(text);
    }

    /// The record in CloudEvents 1.0 binary mode.
    public ProducerRecord<byte[], byte[]> toRecord(String topic) {
        var record = new ProducerRecord<>(
                topic, key.map(text -> text.getBytes(UTF_8)).orElse(null), bytes);
        HeaderText.write(record.headers(), CloudEvents.SPEC_VERSION, CloudEvents.VERSION);
        HeaderText.write(record.headers(), CloudEvents.ID, id);
        HeaderText.write(record.headers(), CloudEvents.SOURCE, source);
        HeaderText.write(record.headers(), CloudEvents.TYPE, CloudEvents.IMAGE);
        HeaderText.write(record.headers(), CloudEvents.TIME, time.toString());
        contentType.ifPresent(type -> HeaderText.write(record.headers(), CloudEvents.CONTENT_TYPE, type));
        return record;
    }

    private static void require(String name, String text) {
        if (!HeaderText.isUsable(text)) {
            throw new IllegalArgumentException(name + " must have 1 to " + MAX_TEXT_LENGTH
                    + " characters, none of them a control character, and not be blank");
        }
    }
}

package io.caracal.contracts;

import java.time.Instant;
import java.util.Optional;

/// An image as it was read from the `images` topic: the encoded bytes untouched and what its headers say.
///
/// @param id CloudEvents `ce_id`, or `topic-partition-offset` when the producer sent no headers
/// @param source the ordering key: CloudEvents `ce_source`, else the record key, else the topic
/// @param contentType what the producer claims; never trusted, the bytes decide
/// @param time when the image was taken or sent: `ce_time`, else the record's timestamp
/// @param key the record key as it was, copied to the outcome so that order per key is kept; null when absent
/// @param bytes the encoded image; owned by this record, callers must not write to it
public record ImageRecord(
        String id,
        String source,
        Optional<String> contentType,
        Instant time,
        Origin origin,
        byte[] key,
        byte[] bytes) {}

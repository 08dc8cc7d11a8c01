package io.caracal.ingest.publish;

import java.util.Optional;

/// Whether Kafka takes images now.
public interface KafkaState {

    /// Empty while it does, else what is wrong in one line.
    Optional<String> problem();

    /// Says that Kafka did not take an image; it counts as away until it answers again.
    void failed(String message);
}

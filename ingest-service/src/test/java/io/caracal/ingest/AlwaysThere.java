package io.caracal.ingest;

import io.caracal.ingest.publish.KafkaState;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Kafka, as far as a test without one is concerned.
@Alternative
@Singleton
public class AlwaysThere implements KafkaState {
    private volatile Optional<String> problem = Optional.empty();

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public void failed(String message) {
        problem = Optional.of(message);
    }

    public void recovered() {
        problem = Optional.empty();
    }
}

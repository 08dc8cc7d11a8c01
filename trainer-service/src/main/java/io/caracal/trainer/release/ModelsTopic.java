package io.caracal.trainer.release;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelPublished;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;

/// Announces models on the `models` topic.
@ApplicationScoped
class ModelsTopic implements Announcer {
    /// Longer than Kafka's own patience (`delivery.timeout.ms` after `max.block.ms`), so that Kafka's answer is heard.
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final MutinyEmitter<Record<String, byte[]>> topic;

    ModelsTopic(@Channel("models") MutinyEmitter<Record<String, byte[]>> topic) {
        this.topic = topic;
    }

    @Override
    public void announce(ModelPublished model) {
        try {
            topic.send(Record.of(model.name(), Json.write(model))).await().atMost(PATIENCE);
        } catch (TimeoutException e) {
            throw new ReleaseException("Kafka did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ReleaseException("Kafka did not take it: " + cause.getMessage(), e);
        }
    }
}

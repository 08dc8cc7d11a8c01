package io.caracal.inference.model;

import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.ModelPublished;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/// Reads the compacted `models` topic from its beginning, in every instance, and never commits: what is on the topic
/// is what is deployed. The bytes are parsed here, because a failing deserializer would close the consumer.
@ApplicationScoped
class ModelWatcher {
    private static final Logger LOG = Logger.getLogger(ModelWatcher.class);

    private final Deployment deployment;

    ModelWatcher(Deployment deployment) {
        this.deployment = deployment;
    }

    @Incoming("models")
    void on(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            LOG.infof("A model was withdrawn from %s; what answers now goes on answering", record.topic());
            return;
        }
        try {
            deployment.offer(Json.read(record.value(), ModelPublished.class));
        } catch (MalformedRecordException e) {
            deployment.unreadable("the record at " + record.topic() + "-" + record.partition() + "-" + record.offset()
                    + " is no model: " + e.getMessage());
        }
    }
}

package io.caracal.inference.sink;

import io.caracal.contracts.Prediction;
import io.caracal.contracts.PredictionRecord;
import io.caracal.contracts.RejectedRecord;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.Topics;
import io.caracal.inference.pipeline.Finished;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/// Outcomes as records, under the key of their image. Used by one thread.
public final class OutcomeRecords {
    private static final Logger LOG = Logger.getLogger(OutcomeRecords.class);
    /// W3C trace context: a trace goes on through the topics.
    private static final List<String> TRACE = List.of("traceparent", "tracestate");

    private final Topics topics;
    private int tooLarge = Integer.MAX_VALUE;

    public OutcomeRecords(Topics topics) {
        this.topics = topics;
    }

    ProducerRecord<byte[], byte[]> of(Finished finished) {
        return switch (finished.outcome()) {
            case Prediction prediction -> traced(finished, prediction);
            case Rejection rejection ->
                bytes(finished) < tooLarge
                        ? RejectedRecord.write(topics.rejected(), finished.record(), rejection)
                        : RejectedRecord.writeWithoutBytes(topics.rejected(), finished.record(), rejection);
        };
    }

    /// Kafka found a record of this batch too large. Only rejected images are of any size: from now on none as large
    /// as the largest of this batch is sent with its bytes, or it would hold up every image behind it for ever.
    void refused(List<Finished> batch) {
        batch.stream()
                .filter(finished -> finished.outcome() instanceof Rejection)
                .mapToInt(OutcomeRecords::bytes)
                .filter(bytes -> bytes > 0 && bytes < tooLarge)
                .max()
                .ifPresent(largest -> {
                    tooLarge = largest;
                    LOG.warnf(
                            "Topic %s does not take an image of %d bytes: raise its max.message.bytes. Rejected images"
                                    + " of that size and larger are published without their bytes",
                            topics.rejected(), largest);
                });
    }

    private static int bytes(Finished finished) {
        return Math.max(0, finished.record().serializedValueSize());
    }

    private ProducerRecord<byte[], byte[]> traced(Finished finished, Prediction prediction) {
        ProducerRecord<byte[], byte[]> record =
                PredictionRecord.write(topics.predictions(), finished.record().key(), prediction);
        for (String name : TRACE) {
            Header header = finished.record().headers().lastHeader(name);
            if (header != null) {
                record.headers().add(header);
            }
        }
        return record;
    }
}

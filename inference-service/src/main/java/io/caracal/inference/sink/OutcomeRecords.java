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

/// Outcomes as records, under the key of their image.
public final class OutcomeRecords {
    /// W3C trace context: a trace goes on through the topics.
    private static final List<String> TRACE = List.of("traceparent", "tracestate");

    private final Topics topics;

    public OutcomeRecords(Topics topics) {
        this.topics = topics;
    }

    ProducerRecord<byte[], byte[]> of(Finished finished) {
        return switch (finished.outcome()) {
            case Prediction prediction -> traced(finished, prediction);
            case Rejection rejection -> RejectedRecord.write(topics.rejected(), finished.record(), rejection);
        };
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

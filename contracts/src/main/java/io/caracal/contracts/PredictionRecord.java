package io.caracal.contracts;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A [Prediction] on the `predictions` topic: JSON under the key of its image, as a CloudEvent in binary mode. The
/// event's id is where the image lies, which no two predictions share; its subject is the id of the image.
public final class PredictionRecord {
    static final String JSON = "application/json";

    private PredictionRecord() {}

    /// @param key of the image's record; null when it had none
    public static ProducerRecord<byte[], byte[]> write(String topic, byte[] key, Prediction prediction) {
        var record = new ProducerRecord<>(topic, key, Json.write(prediction));
        HeaderText.write(record.headers(), CloudEvents.SPEC_VERSION, CloudEvents.VERSION);
        HeaderText.write(record.headers(), CloudEvents.ID, prediction.origin().asId());
        HeaderText.write(record.headers(), CloudEvents.SOURCE, CloudEvents.INFERENCE);
        HeaderText.write(record.headers(), CloudEvents.TYPE, CloudEvents.PREDICTION);
        HeaderText.write(record.headers(), CloudEvents.SUBJECT, prediction.id());
        HeaderText.write(record.headers(), CloudEvents.TIME, prediction.time().toString());
        HeaderText.write(record.headers(), CloudEvents.CONTENT_TYPE, JSON);
        return record;
    }

    /// @throws MalformedRecordException if the value is no prediction
    public static Prediction read(ConsumerRecord<byte[], byte[]> record) {
        return Json.read(record.value(), Prediction.class);
    }
}

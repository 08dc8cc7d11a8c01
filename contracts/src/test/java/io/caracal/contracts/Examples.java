package io.caracal.contracts;

import io.caracal.contracts.ModelCard.Resize;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// One record of each kind with every field present, for the tests.
final class Examples {
    static final Instant TIME = Instant.parse("2026-11-01T10:00:00.250Z");

    private Examples() {}

    static Prediction prediction() {
        return new Prediction(
                "gate-3/000017",
                "gate-3",
                List.of(new Prediction.ScoredLabel("cat", 0.75f), new Prediction.ScoredLabel("dog", 0.25f)),
                new Prediction.ModelRef("seed-cnn", "7"),
                new Prediction.Latency(1.5, 0.75, 2, 0.5, 4.75),
                new Origin("images", 3, 42),
                TIME,
                Instant.parse("2026-11-01T10:00:01Z"));
    }

    static Rejection rejection() {
        return new Rejection(
                "gate-3/000018",
                "gate-3",
                RejectionReason.NOT_AN_IMAGE,
                "the first bytes are of no known format",
                new Origin("images", 3, 43));
    }

    static ModelCard card() {
        return new ModelCard(
                "seed-cnn",
                "7",
                List.of("cat", "dog"),
                ModelCard.Input.pixels("pixels", 224, 224),
                new Resize(Resize.Rule.SHORT_SIDE_CROP, 256, Resize.Filter.LINEAR, true),
                new ModelCard.Output("logits", ModelCard.Output.Kind.LOGITS),
                Map.of("revision", "abc", "dataset", "1f0e", "epochs", "10"));
    }

    static ModelPublished model(ModelPublished.Stage stage) {
        return new ModelPublished(
                "seed-cnn", "7", URI.create("file:///models/seed-cnn-7.onnx"), "0f".repeat(32), card(), stage, TIME);
    }

    static TrainingEvent trainingEvent() {
        return new TrainingEvent(
                "run-1",
                TrainingEvent.State.SUCCEEDED,
                "seed-cnn",
                TIME,
                Optional.of(new TrainingEvent.Progress(
                        3, 10, 150, 160, 0.5, 0.75, 655.5, Optional.of(0.7), Optional.of(12.5))),
                Optional.of(new TrainingEvent.Result(
                        model(new ModelPublished.Stage.Champion()), 0.8125, 1000, 1e-6, "test-split.tsv")),
                Optional.of("a word on the side"));
    }

    static Feedback feedback() {
        return new Feedback("gate-3/000017", "dog", Optional.of("kim"), TIME);
    }

    static ImageEvent image(byte[] bytes) {
        return new ImageEvent("gate-3/000017", "gate-3", Optional.of("image/jpeg"), TIME, bytes);
    }

    /// What a consumer sees of a record that was sent to partition 3 and got offset 42.
    static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        long timestamp = sent.timestamp() == null ? TIME.toEpochMilli() : sent.timestamp();
        return received(sent.topic(), timestamp, sent.key(), sent.value(), sent.headers());
    }

    static ConsumerRecord<byte[], byte[]> received(byte[] key, byte[] value, Headers headers) {
        return received("images", TIME.toEpochMilli(), key, value, headers);
    }

    static ConsumerRecord<byte[], byte[]> received(
            String topic, long timestamp, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                3,
                42,
                timestamp,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }
}

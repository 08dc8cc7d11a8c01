package io.caracal.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.contracts.Prediction;
import io.caracal.contracts.PredictionRecord;
import io.caracal.contracts.RejectedRecord;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.RejectionReason;
import io.caracal.testing.RealKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What anybody may put on the topic: each of it ends as one outcome, and good images beside it do not notice.
class DamagedInputsIT {
    private static final int DAMAGED = 300;

    @TempDir
    Path folder;

    @Test
    void eachEndsAsOneOutcome() throws Exception {
        // Given
        List<byte[]> damaged = DamagedInputs.of(DAMAGED, 20261121);
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers());
                ServiceProcess service = ServiceProcess.start(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers(),
                        "CARACAL_MODEL_FILE",
                        ColourModel.write(folder, "1").file().toString()))) {
            service.awaitReady();

            // When: a good image, a damaged one from a producer that sends bytes and nothing else, and so on
            for (int i = 0; i < DAMAGED; i++) {
                images.send(i, Pictures.jpeg(i));
                byte[] key = ("damaged-" + i).getBytes(UTF_8);
                images.send(new ProducerRecord<>("images", i % 6, key, damaged.get(i)));
            }
            images.flush();

            // Then: as many outcomes as inputs, and none twice
            Map<String, Integer> times = new HashMap<>();
            List<Prediction> good = new ArrayList<>();
            images.awaitOutcomes(2 * DAMAGED);
            for (ConsumerRecord<byte[], byte[]> record : images.predictionRecords()) {
                Prediction prediction = PredictionRecord.read(record);
                times.merge(prediction.origin().asId(), 1, Integer::sum);
                if (prediction.source().startsWith("camera-")) {
                    good.add(prediction);
                }
            }
            for (ConsumerRecord<byte[], byte[]> record : images.rejectedRecords()) {
                Rejection rejection = RejectedRecord.read(record);
                times.merge(rejection.origin().asId(), 1, Integer::sum);
                int input = Integer.parseInt(rejection.source().substring("damaged-".length()));
                assertThat(rejection.id()).isEqualTo(rejection.origin().asId());
                assertThat(record.value()).as("bytes of %s", rejection).isEqualTo(damaged.get(input));
                assertThat(rejection.reason() == RejectionReason.EMPTY)
                        .as("%s", rejection)
                        .isEqualTo(damaged.get(input) == null || damaged.get(input).length == 0);
            }
            assertThat(times)
                    .hasSize(2 * DAMAGED)
                    .allSatisfy((origin, count) -> assertThat(count).isEqualTo(1));

            // And the good ones have their labels
            assertThat(good)
                    .hasSize(DAMAGED)
                    .allSatisfy(prediction -> assertThat(
                                    prediction.labels().getFirst().label())
                            .isEqualTo(Pictures.label(Integer.parseInt(prediction.id()))));
            assertThat(service.isAlive()).isTrue();
            assertThat(service.get("/q/metrics").body())
                    .contains("caracal_inference_rejections_total{reason=\"empty\"}")
                    .contains("caracal_inference_end_to_end_seconds_count 600");
        }
    }

    /// A topic that somebody else made may take less than what is to be rejected.
    @Test
    void areRejectedWithoutTheirBytesWhereTheTopicDoesNotTakeThem() throws Exception {
        // Given
        byte[] large = new byte[50_000];
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers())) {
            allowOnRejected(kafka, 10_000);
            try (ServiceProcess service = ServiceProcess.start(Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    kafka.bootstrapServers(),
                    "CARACAL_MODEL_FILE",
                    ColourModel.write(folder, "1").file().toString()))) {
                // When
                images.send(0, Pictures.jpeg(0));
                images.send(1, large);
                images.send(2, "no picture".getBytes(UTF_8));
                images.send(3, Pictures.jpeg(3));
                images.awaitOutcomes(4);

                // Then
                assertThat(images.predictions()).extracting(Prediction::id).containsExactlyInAnyOrder("0", "3");
                assertThat(images.rejectedRecords()).hasSize(2).allSatisfy(record -> {
                    if (RejectedRecord.read(record).id().equals("1")) {
                        assertThat(record.value()).isNull();
                        assertThat(record.headers().lastHeader(RejectedRecord.OMITTED_BYTES))
                                .isNotNull();
                    } else {
                        assertThat(record.value()).isEqualTo("no picture".getBytes(UTF_8));
                    }
                });
                assertThat(service.isAlive()).isTrue();
            }
        }
    }

    private static void allowOnRejected(RealKafka kafka, int maxBytes) throws Exception {
        ConfigEntry limit = new ConfigEntry("max.message.bytes", String.valueOf(maxBytes));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "images-rejected"),
                            List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}

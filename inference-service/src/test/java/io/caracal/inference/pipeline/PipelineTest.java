package io.caracal.inference.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.Outcome;
import io.caracal.contracts.Prediction;
import io.caracal.contracts.Prediction.Latency;
import io.caracal.contracts.Prediction.ModelRef;
import io.caracal.contracts.Prediction.ScoredLabel;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.RejectionReason;
import io.caracal.imaging.Limits;
import io.caracal.inference.ColourModel;
import io.caracal.inference.ImageRecords;
import io.caracal.inference.Pictures;
import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.model.ModelSlot;
import io.caracal.inference.model.ServedModel;
import io.caracal.testing.ThreadCheck;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    private static final Instant NOW = Instant.ofEpochSecond(1003);
    private static final Limits LIMITS = new Limits(100_000, 1_000_000);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /// It is always the same time, and every look at the other clock takes a millisecond.
    private static StageClock fakeClock() {
        AtomicLong nanos = new AtomicLong();
        return new StageClock() {
            @Override
            public Instant now() {
                return NOW;
            }

            @Override
            public long nanos() {
                return nanos.addAndGet(1_000_000);
            }
        };
    }

    private Pipeline pipeline(ModelSlot slot, int threads, int scoreImages, int topK) {
        return new Pipeline(
                slot,
                new PipelineSettings(threads, scoreImages, topK, LIMITS),
                new InferenceMetrics(registry),
                fakeClock());
    }

    private static List<Outcome> outcomes(Pipeline pipeline, List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        return pipeline.submit(new Polled(records, NOW, pipeline.clock().nanos())).await().stream()
                .map(Finished::outcome)
                .toList();
    }

    @Test
    void givesOneOutcomePerRecordInTheOrderOfTheRecords() throws Exception {
        // Given: 50 pictures, each seventh no picture, on four threads with runs of three
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, 50)
                .mapToObj(i -> ImageRecords.at(
                        0, i, i % 7 == 6 ? "no picture".getBytes(StandardCharsets.UTF_8) : Pictures.jpeg(i)))
                .toList();
        try (ModelSlot slot = ServedModel.slot(folder);
                Pipeline pipeline = pipeline(slot, 4, 3, 1)) {
            // When
            List<Outcome> outcomes = outcomes(pipeline, records);

            // Then
            assertThat(outcomes).hasSize(50);
            for (int i = 0; i < 50; i++) {
                assertThat(outcomes.get(i).id()).isEqualTo(String.valueOf(i));
                switch (outcomes.get(i)) {
                    case Prediction prediction ->
                        assertThat(prediction.labels().getFirst().label()).isEqualTo(Pictures.label(i));
                    case Rejection rejection -> {
                        assertThat(i % 7).isEqualTo(6);
                        assertThat(rejection.reason()).isEqualTo(RejectionReason.NOT_AN_IMAGE);
                    }
                }
            }
        }
    }

    @Test
    void saysWhyAnImageGetsNoLabel() throws Exception {
        // Given
        byte[] truncated = Arrays.copyOf(Pictures.jpeg(0), 300);
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                ImageRecords.at(0, 0, null),
                ImageRecords.at(0, 1, new byte[0]),
                ImageRecords.at(0, 2, new byte[LIMITS.maxBytes() + 1]),
                ImageRecords.at(0, 3, Pictures.encoded("png", 0, 1001, 1000, BufferedImage.TYPE_INT_RGB)),
                ImageRecords.at(0, 4, truncated));
        try (ModelSlot slot = ServedModel.slot(folder);
                Pipeline pipeline = pipeline(slot, 2, 4, 1)) {
            // When
            List<Outcome> outcomes = outcomes(pipeline, records);

            // Then
            assertThat(outcomes.stream().map(outcome -> ((Rejection) outcome).reason()))
                    .containsExactly(
                            RejectionReason.EMPTY,
                            RejectionReason.EMPTY,
                            RejectionReason.TOO_MANY_BYTES,
                            RejectionReason.TOO_MANY_PIXELS,
                            RejectionReason.DAMAGED);
        }
    }

    @Test
    void anImageThatMakesTheModelOverflowIsRejectedAndItsNeighboursAreNot() throws Exception {
        // Given: six pictures of three labels, in one run
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, 6)
                .mapToObj(i -> ImageRecords.at(0, i, Pictures.jpeg(i)))
                .toList();
        try (ModelSlot slot = ServedModel.slot(ColourModel.writeOverflowing(folder, "1"));
                Pipeline pipeline = pipeline(slot, 1, 6, 1)) {
            // When
            List<Outcome> outcomes = outcomes(pipeline, records);

            // Then
            for (int i = 0; i < 6; i++) {
                switch (outcomes.get(i)) {
                    case Prediction prediction -> {
                        assertThat(i % 3).isLessThan(2);
                        assertThat(prediction.labels().getFirst().label()).isEqualTo(Pictures.label(i));
                    }
                    case Rejection rejection -> {
                        assertThat(i % 3).isEqualTo(2);
                        assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSCORABLE);
                        assertThat(rejection.message()).isEqualTo("model colour 1 gives scores that are not finite");
                    }
                }
            }
        }
    }

    @Test
    void namesModelLabelsAndLatencies() throws Exception {
        // Given
        ConsumerRecord<byte[], byte[]> record = ImageRecords.at(2, 17, Pictures.jpeg(1));
        try (ModelSlot slot = ServedModel.slot(folder);
                Pipeline pipeline = pipeline(slot, 1, 4, 2)) {
            // When
            Prediction prediction =
                    (Prediction) outcomes(pipeline, List.of(record)).getFirst();

            // Then: polled 3 s after the timestamp; 5 looks at the clock, of which 1 decoding and 1 scoring
            assertThat(prediction.model()).isEqualTo(new ModelRef("colour", "1"));
            assertThat(prediction.labels()).extracting(ScoredLabel::label).containsExactly("green", "blue");
            assertThat(prediction.labels())
                    .extracting(ScoredLabel::probability)
                    .isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(prediction.latency()).isEqualTo(new Latency(3000, 1, 2, 1, 3004));
            assertThat(prediction.time()).isEqualTo(NOW);
            assertThat(prediction.origin().asId()).isEqualTo("images-2-17");
        }
    }

    @Test
    void spreadsFewImagesOverAllThreads() throws Exception {
        // Given
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, 4)
                .mapToObj(i -> ImageRecords.at(0, i, Pictures.jpeg(i)))
                .toList();
        try (ModelSlot slot = ServedModel.slot(folder);
                Pipeline pipeline = pipeline(slot, 2, 8, 1)) {
            // When
            outcomes(pipeline, records);

            // Then: two runs of two rather than one of four
            var runs = registry.get("caracal.inference.run.images").summary();
            assertThat(runs.count()).isEqualTo(2);
            assertThat(runs.max()).isEqualTo(2);
        }
    }

    @Test
    void failsWhereThereIsNoModel() {
        // Given
        try (Pipeline pipeline = pipeline(new ModelSlot(), 1, 1, 1)) {
            // When, then
            assertThatThrownBy(() -> outcomes(pipeline, List.of(ImageRecords.at(0, 0, Pictures.jpeg(0)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("there is no model");
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        // Given
        try (ThreadCheck threads = ThreadCheck.of("score-");
                ModelSlot slot = ServedModel.slot(folder)) {
            Pipeline pipeline = pipeline(slot, 3, 1, 1);
            outcomes(pipeline, List.of(ImageRecords.at(0, 0, Pictures.jpeg(0))));

            assertThat(threads.left()).isNotEmpty();

            // When
            pipeline.close();

            // Then: a thread that has ended may be seen for a moment
            await().until(threads::left, List::isEmpty);
        }
    }
}

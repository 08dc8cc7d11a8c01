package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.caracal.scoring.Device;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {
    private static final int IMAGES = 8;

    private Compute compute;

    @BeforeEach
    void open() {
        compute = Compute.open(Device.CPU, 1);
    }

    @AfterEach
    void close() {
        compute.close();
    }

    /// One batch, over and over; `epoch` counts how often it is asked for.
    private static final class OneBatch implements BatchSource {
        private final ByteBuffer pixels = ByteBuffer.allocateDirect(IMAGES * 224 * 224 * 3);
        private int epochs;

        private OneBatch() {
            var random = new Random(5);
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) (128 + random.nextInt(64)));
            }
        }

        private Batch batch() {
            return new Batch() {
                @Override
                public ByteBuffer pixels() {
                    return pixels.duplicate();
                }

                @Override
                public int[] labels() {
                    return new int[IMAGES];
                }

                @Override
                public int size() {
                    return IMAGES;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Batches epoch(int epoch) {
            epochs++;
            return new Batches() {
                private boolean given;

                @Override
                public Optional<Batch> next() {
                    boolean first = !given;
                    given = true;
                    return first ? Optional.of(batch()) : Optional.empty();
                }

                @Override
                public int images() {
                    return IMAGES;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public int images() {
            return IMAGES;
        }

        @Override
        public int steps() {
            return 1;
        }
    }

    private Network network(String preset) {
        return Network.create(new Presets().named(preset), 2, compute, 1);
    }

    private static Map<String, float[]> values(Network network, boolean trained) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Map.Entry<String, Weight> entry : network.weights().entrySet()) {
            if (entry.getValue().trained() == trained) {
                values.put(entry.getKey(), entry.getValue().array().toFloatArray());
            }
        }
        return values;
    }

    @Test
    void evaluationThenNormalisesLikeTheImagesThatWereSeen() throws InterruptedException {
        // Given the logits by the batch's own statistics
        try (Network network = network("seed-cnn")) {
            var images = new OneBatch();
            float[] own;
            try (Gradients _ = Gradients.off();
                    NDManager scope = compute.newScope()) {
                own = network.forward(scope, images.pixels.duplicate(), IMAGES, true)
                        .array()
                        .toFloatArray();
            }

            // and so many passes before that nothing is left of a fresh network's variance of 1, which is far from this
            // one's
            for (int i = 0; i < 3; i++) {
                RunningStatistics.adapt(network, images, () -> false);
            }
            images.epochs = 0;

            // When
            boolean done = RunningStatistics.adapt(network, images, () -> false);

            // Then
            assertThat(done).isTrue();
            float[][] evaluated = network.logits(images.pixels.duplicate(), IMAGES);
            for (int i = 0; i < IMAGES; i++) {
                assertThat(evaluated[i][0]).isCloseTo(own[2 * i], within(0.05f));
                assertThat(evaluated[i][1]).isCloseTo(own[2 * i + 1], within(0.05f));
            }
            assertThat(images.epochs).isEqualTo(RunningStatistics.BATCHES);
        }
    }

    @Test
    void weightsStayAsTheyAre() throws InterruptedException {
        // Given
        try (Network network = network("seed-cnn")) {
            Map<String, float[]> weights = values(network, true);
            Map<String, float[]> statistics = values(network, false);

            // When
            RunningStatistics.adapt(network, new OneBatch(), () -> false);

            // Then
            Map<String, float[]> after = values(network, true);
            assertThat(after.keySet()).isEqualTo(weights.keySet());
            after.forEach((name, values) -> assertThat(values).as(name).isEqualTo(weights.get(name)));
            assertThat(values(network, false).get("stages.0.norm.running_mean"))
                    .isNotEqualTo(statistics.get("stages.0.norm.running_mean"));
        }
    }

    @Test
    void networkWithoutBatchNormalisationSeesNoImages() throws InterruptedException {
        // Given
        try (Network network = network("seed-vit")) {
            var images = new OneBatch();

            // When
            RunningStatistics.adapt(network, images, () -> false);

            // Then
            assertThat(images.epochs).isZero();
        }
    }

    @Test
    void endsOnceCancelled() throws InterruptedException {
        // Given
        try (Network network = network("seed-cnn")) {

            // When
            boolean done = RunningStatistics.adapt(network, new OneBatch(), () -> true);

            // Then
            assertThat(done).isFalse();
        }
    }
}

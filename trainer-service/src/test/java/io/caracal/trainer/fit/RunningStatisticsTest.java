package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Pixels;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComputeExtension.class)
class RunningStatisticsTest {
    private static final int IMAGES = 8;

    private final Compute compute;

    RunningStatisticsTest(Compute compute) {
        this.compute = compute;
    }

    /// Some batches, each of other noise; `given` counts those that were asked for.
    private static final class Noise implements BatchSource {
        private final int[] sizes;
        private final int firstSeed;
        private int given;

        private Noise(int firstSeed, int... sizes) {
            this.sizes = sizes;
            this.firstSeed = firstSeed;
        }

        /// Brighter, and of more contrast, the higher the seed.
        private static ByteBuffer pixels(int seed, int size) {
            ByteBuffer pixels = ByteBuffer.allocateDirect(size * 224 * 224 * 3);
            var random = new Random(seed);
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) (16 * seed + random.nextInt(32 * seed)));
            }
            return pixels;
        }

        private static Batch batch(int seed, int size) {
            return new Unlabelled(pixels(seed, size), size);
        }

        @Override
        public Batches epoch(int epoch, int from) {
            return new Batches() {
                private int next = from;

                @Override
                public Optional<Batch> next() {
                    if (next == sizes.length) {
                        return Optional.empty();
                    }
                    given++;
                    Batch batch = batch(firstSeed + next, sizes[next]);
                    next++;
                    return Optional.of(batch);
                }

                @Override
                public int images() {
                    return Noise.this.images();
                }

                @Override
                public int position() {
                    return next;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public int images() {
            return Arrays.stream(sizes).sum();
        }

        @Override
        public int steps() {
            return sizes.length;
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
        // Given the logits by the batch's own statistics, of a network whose running ones are far from these
        try (Network network = network("seed-cnn")) {
            ByteBuffer pixels = Noise.pixels(5, IMAGES);
            float[] own;
            try (Gradients _ = Gradients.off();
                    NDManager scope = compute.newScope()) {
                own = network.forward(scope, new Pixels(pixels.duplicate(), IMAGES), true)
                        .array()
                        .toFloatArray();
            }

            // When
            boolean done = RunningStatistics.adapt(network, new Noise(5, IMAGES), () -> false);

            // Then but for the running variance, which is the unbiased one
            assertThat(done).isTrue();
            float[][] evaluated = network.logits(pixels.duplicate(), IMAGES);
            for (int i = 0; i < IMAGES; i++) {
                assertThat(evaluated[i][0]).isCloseTo(own[2 * i], within(0.01f));
                assertThat(evaluated[i][1]).isCloseTo(own[2 * i + 1], within(0.01f));
            }
        }
    }

    @Test
    void cancelledItLeavesTheStatisticsAsTheyWere() throws InterruptedException {
        // Given
        try (Network network = network("seed-cnn")) {
            RunningStatistics.adapt(network, new Noise(2, IMAGES), () -> false);
            Map<String, float[]> before = values(network, false);
            Noise images = new Noise(5, IMAGES, IMAGES);

            // When
            boolean done = RunningStatistics.adapt(network, images, () -> images.given > 0);

            // Then
            assertThat(done).isFalse();
            assertThat(images.given).isEqualTo(1);
            values(network, false).forEach((name, now) -> assertThat(now).isEqualTo(before.get(name)));
        }
    }

    @Test
    void statisticsAreTheMeanOverTheImages() throws InterruptedException {
        // Given the statistics of each of two batches alone
        try (Network network = network("seed-cnn")) {
            RunningStatistics.adapt(network, new Noise(2, 6), () -> false);
            Map<String, float[]> first = values(network, false);
            RunningStatistics.adapt(network, new Noise(3, 2), () -> false);
            Map<String, float[]> second = values(network, false);

            // When
            RunningStatistics.adapt(network, new Noise(2, 6, 2), () -> false);

            // Then
            values(network, false).forEach((name, both) -> {
                for (int i = 0; i < both.length; i++) {
                    float expected = (6 * first.get(name)[i] + 2 * second.get(name)[i]) / 8;
                    assertThat(both[i]).as(name).isCloseTo(expected, within(1e-5f + 1e-4f * Math.abs(expected)));
                }
            });
            assertThat(first.get("stages.0.norm.running_var")).isNotEqualTo(second.get("stages.0.norm.running_var"));
        }
    }

    @Test
    void noMoreImagesAreSeenThanNeeded() throws InterruptedException {
        // Given
        try (Network network = network("seed-cnn")) {
            var images = new Noise(1, IntStream.generate(() -> 1).limit(30).toArray());

            // When
            RunningStatistics.adapt(network, images, () -> false);

            // Then
            assertThat(images.given).isEqualTo(RunningStatistics.BATCHES);
        }
    }

    @Test
    void weightsStayAsTheyAre() throws InterruptedException {
        // Given
        try (Network network = network("seed-cnn")) {
            Map<String, float[]> weights = values(network, true);
            Map<String, float[]> statistics = values(network, false);

            // When
            RunningStatistics.adapt(network, new Noise(5, IMAGES), () -> false);

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
            var images = new Noise(5, IMAGES);

            // When
            RunningStatistics.adapt(network, images, () -> false);

            // Then
            assertThat(images.given).isZero();
        }
    }

    @Test
    void endsOnceCancelled() throws InterruptedException {
        // Given
        try (Network network = network("seed-cnn")) {

            // When
            boolean done = RunningStatistics.adapt(network, new Noise(5, IMAGES), () -> true);

            // Then
            assertThat(done).isFalse();
        }
    }
}

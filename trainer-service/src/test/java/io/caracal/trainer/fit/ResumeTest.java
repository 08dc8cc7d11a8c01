package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.models.Schedule;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Three epochs of seven batches, interrupted here and there.
@ExtendWith(ComputeExtension.class)
class ResumeTest {
    private static final int BATCHES = 7;

    private final Bright images = new Bright(100, 16);
    private final Compute compute;

    @TempDir
    private Path folder;

    ResumeTest(Compute compute) {
        this.compute = compute;
    }

    /// With everything that has a memory.
    private static Recipe recipe(Rule rule, int accumulate, Schedule.Shape shape) {
        boolean sgd = rule == Rule.SGD;
        return new Tiny()
                .recipe()
                .with("seed", 7)
                .with("optimizer", new OptimizerSettings(rule, .9f, sgd, .9f, .999f, 1e-8f, .05f, 1, accumulate, .9f))
                .with("schedule", schedule(shape))
                .with("labelSmoothing", .1f);
    }

    private static Schedule schedule(Schedule.Shape shape) {
        return switch (shape) {
            case CONSTANT -> new Schedule(shape, .5f, 0, 30, .1f);
            case COSINE -> new Schedule(shape, .5f, .1f, 30, .1f);
            case STEP -> new Schedule(shape, .5f, 0, 1, .5f);
        };
    }

    /// Weights as bits.
    private static Map<String, List<Integer>> bits(Network network) {
        Map<String, List<Integer>> bits = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> {
            float[] values = weight.values();
            Integer[] raw = new Integer[values.length];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = Float.floatToRawIntBits(values[i]);
            }
            bits.put(name, List.of(raw));
        });
        return bits;
    }

    /// What a run came to, without its speed.
    private record Ended(Map<String, List<Integer>> weights, List<Evaluation> training, List<Evaluation> validation) {}

    private Ended run(Recipe recipe, long seed, FitListener listener, Optional<Checkpoints> checkpoints)
            throws IOException, InterruptedException {
        try (Network network = Network.create(new Tiny(), 2, compute, seed)) {
            FitResult result = new Fit(recipe, listener, checkpoints).run(network, data());
            return new Ended(
                    bits(network),
                    result.epochs().stream().map(EpochResult::training).toList(),
                    result.epochs().stream().map(EpochResult::validation).toList());
        }
    }

    private FitData data() {
        Bright validation = new Bright(50, 16);
        return new FitData(images, images, validation, validation);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Breaks a run off after some batches, with no chance to save anything.
    private static FitListener killAfter(int batches) {
        return new FitListener() {
            private int left = batches;

            @Override
            public void step(StepProgress progress) {
                left--;
                if (left == 0) {
                    throw new Killed();
                }
            }
        };
    }

    private void kill(Recipe recipe, int batches, Checkpoints checkpoints) {
        assertThatThrownBy(() -> run(recipe, 2, killAfter(batches), Optional.of(checkpoints)))
                .isInstanceOf(Killed.class);
    }

    private void endsAsIfNothingHadHappened(Recipe recipe, int... killedAfter)
            throws IOException, InterruptedException {
        // Given
        Ended whole = run(recipe, 2, FitListener.NONE, Optional.empty());
        Path own = Files.createTempDirectory(folder, "run");
        Checkpoints checkpoints = new Checkpoints(own, 2);
        for (int batches : killedAfter) {
            kill(recipe, batches, checkpoints);
        }

        // When
        Ended resumed = run(recipe, 99, FitListener.NONE, Optional.of(checkpoints));

        // Then
        assertThat(resumed).as("%s", recipe).isEqualTo(whole);
    }

    @Test
    void killedAnywhereARunEndsToTheBitAsIfItHadNotBeen() throws Exception {
        Recipe recipe = recipe(Rule.ADAMW, 1, Schedule.Shape.COSINE);
        for (int batches : new int[] {2, 3, BATCHES - 1, BATCHES, BATCHES + 1, 2 * BATCHES + 4, 3 * BATCHES}) {
            endsAsIfNothingHadHappened(recipe, batches);
        }
    }

    @Test
    void killedAgainAndAgainToo() throws Exception {
        endsAsIfNothingHadHappened(recipe(Rule.ADAM, 1, Schedule.Shape.CONSTANT), 3, 3, 5, 4);
        endsAsIfNothingHadHappened(recipe(Rule.SGD, 2, Schedule.Shape.STEP), 5, 6, 3);
    }

    @Test
    void noMoreIsLostThanTheInterval() throws Exception {
        // Given a run that is killed after the sixth batch of its first epoch, with checkpoints after 2, 4 and 6
        Recipe recipe = recipe(Rule.ADAM, 1, Schedule.Shape.CONSTANT);
        Checkpoints checkpoints = new Checkpoints(folder, 2);
        kill(recipe, 6, checkpoints);
        int[] first = new int[1];

        // When
        run(
                recipe,
                2,
                new FitListener() {
                    @Override
                    public void step(StepProgress progress) {
                        first[0] = first[0] == 0 ? progress.step() : first[0];
                    }
                },
                Optional.of(checkpoints));

        // Then
        assertThat(first[0]).isEqualTo(7);
    }

    /// A step of two batches that is half done is finished first.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void cancelledRunGoesOnWhereItWasCancelled(int accumulate) throws Exception {
        // Given
        Recipe recipe = recipe(Rule.ADAM, accumulate, Schedule.Shape.CONSTANT);
        Ended whole = run(recipe, 2, FitListener.NONE, Optional.empty());
        Checkpoints checkpoints = new Checkpoints(folder, 0);
        int[] steps = new int[1];
        FitListener cancelling = new FitListener() {
            @Override
            public void step(StepProgress progress) {
                steps[0]++;
            }

            @Override
            public boolean cancelled() {
                return steps[0] >= 5;
            }
        };
        run(recipe, 2, cancelling, Optional.of(checkpoints));

        // When
        Ended resumed = run(
                recipe,
                99,
                new FitListener() {
                    @Override
                    public void step(StepProgress progress) {
                        steps[0]++;
                    }
                },
                Optional.of(checkpoints));

        // Then
        assertThat(resumed).isEqualTo(whole);
        assertThat(steps[0]).isEqualTo(3 * BATCHES);
    }

    @Test
    void cancelledWhileItIsMeasuredARunLosesNoStep() throws Exception {
        // Given a run that is cancelled after its first epoch's last batch, but before that epoch's figures are there
        Recipe recipe = recipe(Rule.ADAM, 1, Schedule.Shape.CONSTANT);
        Ended whole = run(recipe, 2, FitListener.NONE, Optional.empty());
        Checkpoints checkpoints = new Checkpoints(folder, 0);
        Counting cancelling = new Counting() {
            private int asked;

            @Override
            public boolean cancelled() {
                return steps == BATCHES && ++asked > 1;
            }
        };
        run(recipe, 2, cancelling, Optional.of(checkpoints));
        Counting counting = new Counting();

        // When
        Ended resumed = run(recipe, 99, counting, Optional.of(checkpoints));

        // Then
        assertThat(cancelling.steps).isEqualTo(BATCHES);
        assertThat(counting.steps).isEqualTo(2 * BATCHES);
        assertThat(resumed).isEqualTo(whole);
    }

    private static class Counting implements FitListener {
        int steps;

        @Override
        public void step(StepProgress progress) {
            steps++;
        }
    }

    @Test
    void dataOfTheSameSizeIsToldByItsIdentity() throws IOException, InterruptedException {
        // Given a checkpoint that knows its data, and one of before there was an identity
        Recipe recipe = recipe(Rule.ADAM, 1, Schedule.Shape.CONSTANT).with("epochs", 1);
        var known = new Checkpoints(folder.resolve("known"), 0);
        var old = new Checkpoints(folder.resolve("old"), 0);
        try (Network network = Network.create(new Tiny(), 2, compute, 1)) {
            new Fit(recipe, FitListener.NONE, Optional.of(known))
                    .run(network, new FitData(images, images, images, images, Map.of("data SHA-256", "ab")));
            new Fit(recipe, FitListener.NONE, Optional.of(old)).run(network, data());
            var other = new FitData(images, images, images, images, Map.of("data SHA-256", "cd"));

            // When, Then
            assertThatThrownBy(() -> new Fit(recipe, FitListener.NONE, Optional.of(known)).run(network, other))
                    .hasMessageContaining("was trained with data SHA-256 ab, this run has cd");
            assertThatThrownBy(() -> new Fit(recipe, FitListener.NONE, Optional.of(old)).run(network, other))
                    .hasMessageContaining("does not say its data SHA-256")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void otherDataIsRefused() {
        // Given
        Recipe recipe = recipe(Rule.ADAM, 1, Schedule.Shape.CONSTANT);
        Checkpoints checkpoints = new Checkpoints(folder, 2);
        kill(recipe, 4, checkpoints);
        Bright fewer = new Bright(90, 16);
        try (Network network = Network.create(new Tiny(), 2, compute, 1)) {
            Fit fit = new Fit(recipe, FitListener.NONE, Optional.of(checkpoints));

            // When
            var run = assertThatThrownBy(() -> fit.run(network, new FitData(fewer, fewer, images, images)));

            // Then
            run.isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was trained with training images 100, this run has 90");
        }
    }
}

package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ComputeExtension.class)
class FitTest {
    private static final Recipe RECIPE = new Tiny().recipe();

    private final Bright training = new Bright(100, 16);
    private final Bright validation = new Bright(50, 16);
    private final Compute compute;

    @TempDir
    private Path folder;

    FitTest(Compute compute) {
        this.compute = compute;
    }

    @Test
    void learnsTellsAndGivesEveryBatchBack() throws Exception {
        // Given
        Recorder recorder = new Recorder(Integer.MAX_VALUE);
        Bright more = new Bright(500, 16);
        try (Network network = network(0)) {

            // When
            FitResult result = new Fit(RECIPE, recorder, Optional.empty()).run(network, data(more));

            // Then
            assertThat(result.finished()).isTrue();
            assertThat(result.epochs()).hasSize(3).isEqualTo(recorder.epochs);
            EpochResult last = result.epochs().getLast();
            assertThat(last.validation().accuracy()).isGreaterThan(0.95);
            assertThat(last.validation().images()).isEqualTo(50);
            assertThat(last.training().images()).isEqualTo(500);
            assertThat(last.training().loss())
                    .isLessThan(result.epochs().getFirst().training().loss());
            assertThat(last.imagesPerSecond()).isPositive().isLessThan(last.stepImagesPerSecond());
            assertThat(recorder.steps).hasSize(3 * 32);
            assertThat(recorder.steps.get(32)).satisfies(step -> {
                assertThat(step.epoch()).isEqualTo(2);
                assertThat(step.step()).isEqualTo(1);
                assertThat(step.steps()).isEqualTo(32);
            });
            assertThat(more.open()).isZero();
            assertThat(validation.open()).isZero();
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() throws Exception {
        // Given
        try (Network first = network(5);
                Network second = network(5);
                Network other = network(6)) {

            // When
            new Fit(RECIPE.with("seed", 5), FitListener.NONE, Optional.empty()).run(first, data(training));
            new Fit(RECIPE.with("seed", 5), FitListener.NONE, Optional.empty()).run(second, data(training));
            new Fit(RECIPE.with("seed", 6), FitListener.NONE, Optional.empty()).run(other, data(training));

            // Then
            assertThat(weights(second)).isEqualTo(weights(first)).isNotEqualTo(weights(other));
        }
    }

    @Test
    void aRunThatGoesOnFromACheckpointEndsAsOneThatWasNotInterrupted() throws Exception {
        // Given: one run without a break, another that ends after its first epoch
        Map<String, List<Float>> whole;
        try (Network network = network(1)) {
            new Fit(RECIPE, FitListener.NONE, Optional.empty()).run(network, data(training));
            whole = weights(network);
        }
        try (Network network = network(1)) {
            new Fit(RECIPE.with("epochs", 1), FitListener.NONE, Optional.of(new Checkpoints(folder, 0)))
                    .run(network, data(training));
        }

        // When
        Map<String, List<Float>> resumed;
        FitResult result;
        try (Network network = network(2)) {
            result = new Fit(RECIPE, FitListener.NONE, Optional.of(new Checkpoints(folder, 0)))
                    .run(network, data(training));
            resumed = weights(network);
        }

        // Then
        assertThat(result.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2, 3);
        assertThat(resumed).isEqualTo(whole);
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(
                            "checkpoint.safetensors",
                            "best-" + result.best().orElseThrow().epoch() + ".safetensors");
        }
    }

    @Test
    void leavesTheNetworkOfTheBestEpoch() throws Exception {
        // Given labels that are wrong from the third epoch on
        Recipe recipe = RECIPE.with("epochs", 4);
        Bright images = new Bright(500, 16, 2);
        try (Network network = network(3)) {

            // When
            FitResult result = new Fit(recipe, FitListener.NONE, Optional.empty()).run(network, data(images));

            // Then
            EpochResult best = result.best().orElseThrow();
            assertThat(best.epoch()).isBetween(1, 2);
            assertThat(result.epochs().subList(best.epoch(), 4))
                    .allMatch(later ->
                            later.validation().accuracy() < best.validation().accuracy());
            assertThat(evaluate(network, validation.epoch(best.epoch() - 1))).isEqualTo(best.validation());
        }
    }

    @Test
    void theBestEpochOutlivesAnInterruption() throws Exception {
        // Given a run whose best epoch is over when it is interrupted
        Bright images = new Bright(500, 16, 2);
        Map<String, List<Float>> whole;
        int best;
        try (Network network = network(3)) {
            best = new Fit(RECIPE.with("epochs", 4), FitListener.NONE, Optional.empty())
                    .run(network, data(images))
                    .best()
                    .orElseThrow()
                    .epoch();
            whole = weights(network);
        }
        try (Network network = network(3)) {
            new Fit(RECIPE.with("epochs", best + 1), FitListener.NONE, Optional.of(new Checkpoints(folder, 0)))
                    .run(network, data(images));
        }

        // When
        FitResult result;
        Map<String, List<Float>> resumed;
        try (Network network = network(4)) {
            result = new Fit(RECIPE.with("epochs", 4), FitListener.NONE, Optional.of(new Checkpoints(folder, 0)))
                    .run(network, data(images));
            resumed = weights(network);
        }

        // Then
        assertThat(result.best().orElseThrow().epoch()).isEqualTo(best).isLessThan(3);
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void legacyEvaluationChangesNothingElse() throws Exception {
        // Given
        try (Network plain = network(1);
                Network network = network(1)) {
            FitResult without = new Fit(RECIPE, FitListener.NONE, Optional.empty()).run(plain, data(training));

            // When
            FitResult with = new Fit(RECIPE.with("evalLegacy", true), FitListener.NONE, Optional.empty())
                    .run(network, data(training));

            // Then
            assertThat(weights(network)).isEqualTo(weights(plain));
            for (int i = 0; i < 3; i++) {
                EpochResult epoch = with.epochs().get(i);
                assertThat(epoch.validation()).isEqualTo(without.epochs().get(i).validation());
                assertThat(epoch.legacy().orElseThrow().images()).isEqualTo(50);
                assertThat(epoch.legacy().orElseThrow().loss())
                        .isNotEqualTo(epoch.validation().loss());
                assertThat(without.epochs().get(i).legacy()).isEmpty();
            }
        }
    }

    @Test
    void refusesACheckpointOfAnotherRecipe() throws Exception {
        // Given
        try (Network network = network(1)) {
            new Fit(RECIPE.with("epochs", 1), FitListener.NONE, Optional.of(new Checkpoints(folder, 0)))
                    .run(network, data(training));
            Fit other = new Fit(
                    RECIPE.with("learningRate", .5f), FitListener.NONE, Optional.of(new Checkpoints(folder, 0)));

            // When
            var run = assertThatThrownBy(() -> other.run(network, data(training)));

            // Then
            run.isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the checkpoint " + folder.resolve("checkpoint.safetensors")
                            + " was trained with learningRate 0.01, this run has 0.5; take another folder or the same"
                            + " settings");
        }
    }

    @Test
    void refusesACheckpointOfOtherOptions() throws Exception {
        // Given: the weights would fit
        Architecture other = new Tiny(Options.of(Tiny.FLAVOUR).with(Tiny.FLAVOUR, 2));
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(folder, 0));
        try (Network network = network(1);
                Network flavoured = Network.create(other, network.classes(), network.compute(), 1)) {
            new Fit(RECIPE.with("epochs", 1), FitListener.NONE, checkpoints).run(network, data(training));

            // When
            var run = assertThatThrownBy(
                    () -> new Fit(RECIPE, FitListener.NONE, checkpoints).run(flavoured, data(training)));

            // Then
            run.isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was trained with flavour 1, this run has 2;");
        }
    }

    @Test
    void stopsOnceThePatienceIsAtAnEnd() throws Exception {
        // Given labels that are wrong from the third epoch on
        Recipe recipe = RECIPE.with("epochs", 20).with("patience", 2);
        try (Network network = network(3)) {

            // When
            FitResult result =
                    new Fit(recipe, FitListener.NONE, Optional.empty()).run(network, data(new Bright(500, 16, 2)));

            // Then
            assertThat(result.finished()).isTrue();
            assertThat(result.epochs()).hasSizeBetween(3, 4);
        }
    }

    @Test
    void averagedWeightsAreWhatIsMeasuredAndKept() throws Exception {
        // Given a rate at which weights jump about
        Recipe plain = RECIPE.with("learningRate", .1f);
        Recipe averaged =
                plain.with("optimizer", new OptimizerSettings(Rule.ADAM, .9f, false, .9f, .999f, 1e-8f, 0, 0, 1, .9f));
        try (Network without = network(1);
                Network network = network(1)) {
            FitResult before = new Fit(plain, FitListener.NONE, Optional.empty()).run(without, data(training));

            // When
            FitResult result = new Fit(averaged, FitListener.NONE, Optional.empty()).run(network, data(training));

            // Then it trained in the same way and kept other weights
            assertThat(result.epochs().getLast().training())
                    .isEqualTo(before.epochs().getLast().training());
            assertThat(weights(network)).isNotEqualTo(weights(without));
            EpochResult best = result.best().orElseThrow();
            assertThat(evaluate(network, validation.epoch(best.epoch() - 1))).isEqualTo(best.validation());
        }
    }

    @Test
    void stopsBetweenStepsOnceCancelled() throws Exception {
        // Given
        Recorder recorder = new Recorder(9);
        try (Network network = network(1)) {

            // When
            FitResult result = new Fit(RECIPE, recorder, Optional.empty()).run(network, data(training));

            // Then
            assertThat(result.finished()).isFalse();
            assertThat(result.epochs()).hasSize(1);
            assertThat(recorder.steps).hasSize(9);
            assertThat(training.open()).isZero();
        }
    }

    @Test
    void stopsWhenTheLossIsNoNumber() {
        // Given
        Fit fit = new Fit(RECIPE.with("learningRate", 1e38f), FitListener.NONE, Optional.empty());
        try (Network network = network(1)) {

            // When
            var run = assertThatThrownBy(() -> fit.run(network, data(training)));

            // Then
            run.isInstanceOf(DivergedException.class).hasMessageContaining("lower learning rate");
            assertThat(training.open()).isZero();
        }
    }

    @Test
    void evaluationChangesNothingAndDoesNotDependOnTheBatch() throws Exception {
        // Given
        try (Network network = network(1)) {
            new Fit(RECIPE.with("epochs", 1), FitListener.NONE, Optional.empty()).run(network, data(training));
            Map<String, List<Float>> before = weights(network);

            // When
            Evaluation small = evaluate(network, new Bright(50, 7).epoch(0));
            Evaluation large = evaluate(network, new Bright(50, 50).epoch(0));

            // Then
            assertThat(weights(network)).isEqualTo(before);
            assertThat(small.images()).isEqualTo(50);
            assertThat(small.accuracy()).isEqualTo(large.accuracy());
            assertThat(small.loss()).isCloseTo(large.loss(), within(1e-6));
        }
    }

    @Test
    void stepsLeaveNoNativeMemoryBehind() {
        // Given everything that a step can do
        Recipe recipe = RECIPE.with(
                        "optimizer", new OptimizerSettings(Rule.SGD, .9f, true, .9f, .999f, 1e-8f, .1f, 1, 2, .9f))
                .with("labelSmoothing", .1f);
        try (Network network = network(1);
                Learning learning = Learning.of(recipe, network)) {
            Step step = new Step(learning, Objective.LABELS, recipe, 100);
            Batch batch = training.draw(16, new Random(1));
            step.train(batch, 0);
            int before = compute.arrays();

            // When
            for (int i = 0; i < 20; i++) {
                step.train(batch, 0);
                Step.evaluate(network, Objective.LABELS, batch, 0);
                network.logits(batch.pixels(), batch.size());
            }

            // Then
            assertThat(compute.arrays()).isEqualTo(before);
        }
        assertThat(compute.arrays()).isZero();
    }

    private FitData data(BatchSource images) {
        return new FitData(images, images, validation, validation);
    }

    private Network network(long seed) {
        return Network.create(new Tiny(), 2, compute, seed);
    }

    private static Evaluation evaluate(Network network, Batches batches) throws InterruptedException {
        return Validation.evaluate(network, Objective.LABELS, batches, () -> false)
                .orElseThrow();
    }

    private static Map<String, List<Float>> weights(Network network) {
        Map<String, List<Float>> all = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> {
            List<Float> values = new ArrayList<>();
            for (float value : weight.values()) {
                values.add(value);
            }
            all.put(name, values);
        });
        return all;
    }

    private static final class Recorder implements FitListener {
        private final List<StepProgress> steps = new ArrayList<>();
        private final List<EpochResult> epochs = new ArrayList<>();
        private final int cancelAfter;

        Recorder(int cancelAfter) {
            this.cancelAfter = cancelAfter;
        }

        @Override
        public void step(StepProgress progress) {
            steps.add(progress);
        }

        @Override
        public void epoch(EpochResult result) {
            epochs.add(result);
        }

        @Override
        public boolean cancelled() {
            return steps.size() >= cancelAfter;
        }
    }
}

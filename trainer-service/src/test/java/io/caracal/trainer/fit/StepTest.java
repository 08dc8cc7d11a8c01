package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComputeExtension.class)
class StepTest {
    private static final Recipe RECIPE = new Tiny().recipe();

    private final Bright images = new Bright(100, 16);
    private final Compute compute;

    StepTest(Compute compute) {
        this.compute = compute;
    }

    private static Recipe sgd(int accumulate, float emaDecay) {
        return RECIPE.with(
                "optimizer", new OptimizerSettings(Rule.SGD, 0, false, .9f, .999f, 1e-8f, 0, 0, accumulate, emaDecay));
    }

    private Network network() {
        return Network.create(new Tiny(), 2, compute, 1);
    }

    private void train(Step step, int batch) {
        compute.seed(batch);
        step.train(images.draw(16, new Random(batch)), batch);
    }

    private static float[] head(Network network) {
        return network.weights().get("head.weight").values();
    }

    @Test
    void gradientsOfSomeBatchesMakeOneStepOfTheirMean() {
        // Given the moves that two batches make from the same weights, each alone
        float[] start;
        float[][] moved = new float[2][];
        for (int batch = 0; batch < 2; batch++) {
            try (Network network = network();
                    Learning learning = Learning.of(sgd(1, 0), network)) {
                train(new Step(learning, Objective.LABELS, sgd(1, 0), 10), batch);
                moved[batch] = head(network);
            }
        }
        try (Network network = network();
                Learning learning = Learning.of(sgd(2, 0), network)) {
            Step step = new Step(learning, Objective.LABELS, sgd(2, 0), 10);
            start = head(network);

            // When
            train(step, 0);
            float[] between = head(network);
            boolean pending = step.isPending();
            train(step, 1);

            // Then
            assertThat(between).isEqualTo(start);
            assertThat(pending).isTrue();
            assertThat(step.isPending()).isFalse();
            assertThat(learning.optimizer().steps()).isEqualTo(1);
            float[] both = head(network);
            for (int i = 0; i < both.length; i++) {
                assertThat(both[i]).isCloseTo((moved[0][i] + moved[1][i]) / 2, within(1e-6f));
                assertThat(both[i]).isNotEqualTo(start[i]);
            }
        }
    }

    @Test
    void whatWaitsAtTheEndOfAnEpochMakesAStep() {
        // Given
        try (Network network = network();
                Learning learning = Learning.of(sgd(3, 0), network)) {
            Step step = new Step(learning, Objective.LABELS, sgd(3, 0), 10);
            train(step, 0);

            // When
            step.flush();
            step.flush();

            // Then
            assertThat(learning.optimizer().steps()).isEqualTo(1);
        }
    }

    @Test
    void averagedWeightsFollowTheFormula() {
        // Given the decays of the first three steps, (1 + n) / (10 + n), of which the last is over the recipe's
        double[] decays = {2 / 11.0, 3 / 12.0, .3};
        try (Network network = network();
                Learning learning = Learning.of(sgd(1, .3f), network)) {
            Step step = new Step(learning, Objective.LABELS, sgd(1, .3f), 10);
            double[] expected = new double[head(network).length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = head(network)[i];
            }

            // When
            for (int n = 0; n < 3; n++) {
                train(step, n);
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = decays[n] * expected[i] + (1 - decays[n]) * head(network)[i];
                }
            }

            // Then
            float[] raw = head(network);
            AveragedWeights average = learning.average().orElseThrow();
            average.enter();
            float[] averaged = head(network);
            average.leave();
            for (int i = 0; i < expected.length; i++) {
                assertThat(averaged[i]).isCloseTo((float) expected[i], within(1e-6f));
            }
            assertThat(averaged).isNotEqualTo(raw);
            assertThat(head(network)).isEqualTo(raw);
        }
    }

    @Test
    void smoothedLabelsAreSpreadOverAllClasses() {
        // Given
        float[] logits = {1, 2, 3, 0, -1, 5};
        int[] labels = {2, 0};
        try (NDManager scope = compute.newScope()) {

            // When
            NDArray weights = CrossEntropy.weights(scope, Targets.of(labels, 3, 1, .3f), 3);
            float loss = CrossEntropy.mean(scope.create(logits, new Shape(2, 3)), weights)
                    .getFloat();

            // Then a target of .8 for the label and .1 for each other class
            double expected = 0;
            for (int image = 0; image < 2; image++) {
                for (int c = 0; c < 3; c++) {
                    double share = c == labels[image] ? .8 : .1;
                    expected += share * CrossEntropy.of(logits, 3, image, c) / 2;
                }
            }
            assertThat(loss).isCloseTo((float) expected, within(1e-6f));
        }
    }
}

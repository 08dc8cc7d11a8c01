package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Weight;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamTest {

    @Test
    void followsTheFormulaForManySteps() {
        // Given: gradients from tiny to large, so that the epsilon counts
        double[] gradients = {1e-9, -3e-8, 1e-3, -0.5, 40};
        float[] start = {.1f, -.2f, .3f, -.4f, .5f};
        Initial given = (values, random) -> System.arraycopy(start, 0, values, 0, values.length);
        Weight weight = Weight.parameter(given, 5);
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager memory = compute.newScope()) {
            weight.allocate(memory, new Random(0));
            Adam adam = new Adam(Map.of("w", weight), 0.01f, memory.newSubManager());

            // When
            for (int step = 1; step <= 5; step++) {
                try (NDManager scope = compute.newScope();
                        GradientCollector collector = compute.newGradientCollector()) {
                    NDArray slopes = scope.create(slopes(gradients, step));
                    collector.backward(slopes.mul(weight.array()).sum());
                    adam.step();
                }
            }

            // Then
            assertThat(weight.values()).containsExactly(expected(start, gradients), within(2e-6f));
        }
    }

    private static float[] slopes(double[] gradients, int step) {
        float[] slopes = new float[gradients.length];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = (float) (gradients[i] * step);
        }
        return slopes;
    }

    /// As in the paper and in torch.optim.Adam: both moments corrected, epsilon added to the root of the second.
    private static float[] expected(float[] start, double[] gradients) {
        float[] weights = new float[start.length];
        for (int i = 0; i < weights.length; i++) {
            double w = start[i];
            double mean = 0;
            double square = 0;
            for (int step = 1; step <= 5; step++) {
                double g = gradients[i] * step;
                mean = .9 * mean + .1 * g;
                square = .999 * square + .001 * g * g;
                w -= .01 * (mean / (1 - Math.pow(.9, step))) / (Math.sqrt(square / (1 - Math.pow(.999, step))) + 1e-8);
            }
            weights[i] = (float) w;
        }
        return weights;
    }
}

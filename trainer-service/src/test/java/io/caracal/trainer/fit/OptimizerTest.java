package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Against the published formulas in double precision.
@ExtendWith(ComputeExtension.class)
class OptimizerTest {
    private static final int STEPS = 5;
    private static final double SCALE = 0.25;

    /// From tiny to large, so that epsilons count.
    private static final double[] GRADIENTS = {1e-9, -3e-8, 1e-3, -0.5, 40};

    private static final float[] START = {.1f, -.2f, .3f, -.4f, .5f};

    private final Compute compute;
    private final NDManager memory;

    OptimizerTest(Compute compute) {
        this.compute = compute;
        memory = compute.newScope();
    }

    /// What happens to one number: its value, its gradient and the number of the step, from 1, to its next value.
    private interface Formula {
        double next(double weight, double gradient, int step);
    }

    private static OptimizerSettings settings(Rule rule, float momentum, boolean nesterov, float decay) {
        return new OptimizerSettings(rule, momentum, nesterov, .9f, .999f, 1e-8f, decay, 0, 1, 0);
    }

    private Weight weight(long... shape) {
        Initial given = (values, random) -> System.arraycopy(START, 0, values, 0, values.length);
        Weight weight = Weight.parameter(given, shape);
        weight.allocate(memory, new Random(0));
        return weight;
    }

    private void descend(Optimizer optimizer, Iterable<Weight> weights) {
        for (int step = 1; step <= STEPS; step++) {
            try (NDManager scope = compute.newScope();
                    GradientCollector collector = compute.newGradientCollector()) {
                float[] slopes = new float[GRADIENTS.length];
                for (int i = 0; i < slopes.length; i++) {
                    slopes[i] = (float) (GRADIENTS[i] * step / SCALE);
                }
                NDArray loss = scope.create(0f);
                for (Weight weight : weights) {
                    loss = loss.add(scope.create(slopes, weight.array().getShape())
                            .mul(weight.array())
                            .sum());
                }
                collector.backward(loss);
                optimizer.step(rate(step), (float) SCALE);
            }
        }
    }

    /// Another one for each step, as a schedule has it.
    private static float rate(int step) {
        return 0.01f * step;
    }

    /// @param formulas a fresh one for each number, because they remember
    private static float[] expected(Supplier<Formula> formulas) {
        float[] weights = new float[START.length];
        for (int i = 0; i < weights.length; i++) {
            Formula formula = formulas.get();
            double weight = START[i];
            for (int step = 1; step <= STEPS; step++) {
                weight = formula.next(weight, GRADIENTS[i] * step, step);
            }
            weights[i] = (float) weight;
        }
        return weights;
    }

    private static void close(Weight weight, float[] expected) {
        float[] values = weight.values();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(2e-6f * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private void follows(OptimizerSettings settings, Supplier<Formula> formulas) {
        // Given
        Weight matrix = weight(1, 5);
        Optimizer optimizer = Optimizer.of(settings, Map.of("w", matrix), _ -> 1, memory.newSubManager());

        // When
        descend(optimizer, List.of(matrix));

        // Then
        close(matrix, expected(formulas));
        assertThat(optimizer.steps()).isEqualTo(STEPS);
    }

    @Test
    void sgd() {
        follows(settings(Rule.SGD, 0, false, 0), () -> (w, g, step) -> w - rate(step) * g);
    }

    @Test
    void sgdWithMomentumAndDecay() {
        follows(settings(Rule.SGD, .9f, false, .1f), () -> new Formula() {
            private double velocity;

            @Override
            public double next(double w, double g, int step) {
                velocity = .9 * velocity + g + .1 * w;
                return w - rate(step) * velocity;
            }
        });
    }

    @Test
    void sgdWithNesterovsMomentum() {
        follows(settings(Rule.SGD, .9f, true, .1f), () -> new Formula() {
            private double velocity;

            @Override
            public double next(double w, double g, int step) {
                double decayed = g + .1 * w;
                velocity = .9 * velocity + decayed;
                return w - rate(step) * (decayed + .9 * velocity);
            }
        });
    }

    /// Kingma and Ba 2015, algorithm 1: both moments corrected, epsilon added to the root of the second.
    private static final class Moments {
        private double mean;
        private double square;

        double direction(double g, int step) {
            mean = .9 * mean + .1 * g;
            square = .999 * square + .001 * g * g;
            return (mean / (1 - Math.pow(.9, step))) / (Math.sqrt(square / (1 - Math.pow(.999, step))) + 1e-8);
        }
    }

    @Test
    void adam() {
        follows(settings(Rule.ADAM, .9f, false, 0), () -> {
            Moments moments = new Moments();
            return (w, g, step) -> w - rate(step) * moments.direction(g, step);
        });
    }

    @Test
    void adamWithDecayInTheGradient() {
        follows(settings(Rule.ADAM, .9f, false, .1f), () -> {
            Moments moments = new Moments();
            return (w, g, step) -> w - rate(step) * moments.direction(g + .1 * w, step);
        });
    }

    /// Loshchilov and Hutter 2019, algorithm 2.
    @Test
    void adamWithDecayBesideTheGradient() {
        follows(settings(Rule.ADAMW, .9f, false, .1f), () -> {
            Moments moments = new Moments();
            return (w, g, step) -> w - rate(step) * .1 * w - rate(step) * moments.direction(g, step);
        });
    }

    @Test
    void normsBiasesPositionsAndTokensDoNotDecay() {
        // Given
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put("head.weight", weight(1, 5));
        weights.put("head.bias", weight(5));
        weights.put("pos_embed", weight(1, 1, 5));
        weights.put("cls_token", weight(1, 1, 5));
        weights.put("blocks.0.patch_pos", weight(1, 1, 5));
        for (Rule rule : Rule.values()) {
            Weight still = weight(1, 5);
            Optimizer with = Optimizer.of(settings(rule, .9f, false, .1f), weights, _ -> 1, memory.newSubManager());
            Optimizer without =
                    Optimizer.of(settings(rule, .9f, false, 0), Map.of("w", still), _ -> 1, memory.newSubManager());
            weights.values().forEach(weight -> weight.set(START));

            // When
            descend(with, weights.values());
            descend(without, List.of(still));

            // Then
            weights.forEach((name, weight) -> {
                if (name.equals("head.weight")) {
                    assertThat(weight.values()).as(name).isNotEqualTo(still.values());
                } else {
                    assertThat(weight.values()).as(name).isEqualTo(still.values());
                }
            });
        }
    }

    @Test
    void gradientsAreClippedByTheirLengthTogether() {
        // Given gradients 3 and 4 of two weights, halved: together 2.5 long
        Weight first = weight(1);
        Weight second = weight(1);
        try (NDManager scope = compute.newScope();
                GradientCollector collector = compute.newGradientCollector()) {
            NDArray loss =
                    scope.create(3f).mul(first.array()).add(scope.create(4f).mul(second.array()));
            collector.backward(loss.sum());
        }
        var weights = List.of(first, second);

        // When
        float above = GradientNorm.clipped(weights, .5f, 1, memory);
        float below = GradientNorm.clipped(weights, .5f, 2.6f, memory);
        float unlimited = GradientNorm.clipped(weights, .5f, 0, memory);

        // Then
        assertThat(above).isCloseTo(.2f, within(1e-6f));
        assertThat(below).isEqualTo(.5f);
        assertThat(unlimited).isEqualTo(.5f);
    }
}

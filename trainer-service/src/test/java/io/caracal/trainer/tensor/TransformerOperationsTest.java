package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import io.caracal.trainer.nn.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the family of transformers needs beyond the seed models, each on both engines.
class TransformerOperationsTest {
    private static final float[] X = {1, 2, 3, 4, 5, 6}; // [1, 2, 3]

    static Stream<Arguments> operations() {
        return Stream.of(
                of("constant", x -> x.add(new Constant(new float[] {10, 20, 30}, 3)), 11, 22, 33, 14, 25, 36),
                of("factor", x -> x.multiply(.5f), .5, 1, 1.5, 2, 2.5, 3),
                of("tanh", x -> x.multiply(.1f).tanh(), .0996680, .1973753, .2913126, .3799490, .4621172, .5370496),
                of("matmul", x -> x.matmul(x.permute(0, 2, 1)), 14, 32, 32, 77),
                of("concat", x -> x.concat(1, x, x.slice(1, 0, 1)), 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3),
                of("slice", x -> x.slice(2, 1, 3), 2, 3, 5, 6),
                of("pad last", x -> x.pad(2, 1, 0), 0, 1, 2, 3, 0, 4, 5, 6),
                of("pad middle", x -> x.pad(1, 0, 1), 1, 2, 3, 4, 5, 6, 0, 0, 0),
                of("drop path", x -> x.dropPath(.9f), 1, 2, 3, 4, 5, 6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void givesTheSameOnBothEngines(String name, UnaryOperator<Tensor> operation, double[] expected) throws Exception {
        // When
        Engines.Both y = Engines.run(new Weighted(), operation, X, 1, 2, 3);

        // Then
        y.areGolden(1e-6, expected);
        assertThat(counted(operation).shape().size()).isEqualTo(expected.length);
    }

    @Test
    void multipliesWithAWeight() throws Exception {
        // Given
        Weighted layer = new Weighted();

        // When
        Engines.Both y = Engines.run(layer, x -> x.multiply(layer.factors), X, 1, 2, 3);

        // Then: spec 4.10
        double[] expected = new double[6];
        for (int i = 0; i < 6; i++) {
            expected[i] = X[i] * .1 * Math.sin(.37 * (i % 3) + 1);
        }
        y.areGolden(1e-6, expected);
    }

    @Test
    void addsToLogitsWhatATableSaysOfThePair() throws Exception {
        // Given: two heads, two tokens, a table of three rows
        Weighted layer = new Weighted();
        int[] index = {0, 2, 1, 0};

        // When
        Engines.Both y = Engines.run(layer, x -> x.addPairs(layer.table, index), new float[8], 1, 2, 2, 2);

        // Then
        double[] expected = new double[8];
        for (int head = 0; head < 2; head++) {
            for (int pair = 0; pair < 4; pair++) {
                expected[head * 4 + pair] = .1 * Math.sin(.37 * (index[pair] * 2 + head) + 2);
            }
        }
        y.areGolden(1e-6, expected);
    }

    @Test
    void dropPathLeavesOutWholeImagesAndScalesTheOthers() {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager scope = compute.newScope()) {
            // Given
            compute.seed(1);
            Eager images = new Eager(scope.ones(new Shape(2_000, 3, 4)), true, Dropout.OF_ENGINE, new Constants(scope));

            // When
            float[] values = ((Eager) images.dropPath(.25f)).array().toFloatArray();

            // Then
            int dropped = 0;
            for (int image = 0; image < 2_000; image++) {
                float first = values[image * 12];
                assertThat(first).isIn(0f, 1 / .75f);
                for (int i = 1; i < 12; i++) {
                    assertThat(values[image * 12 + i]).isEqualTo(first);
                }
                dropped += first == 0 ? 1 : 0;
            }
            assertThat(dropped).isBetween(420, 580); // 500 and four deviations
        }
    }

    @Test
    void everythingBelongsToTheScopeOfTheInputAndGradientsReachTheWeights() {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager memory = compute.newScope();
                NDManager kept = compute.newScope();
                NDManager scope = compute.newScope();
                GradientCollector collector = compute.newGradientCollector()) {
            // Given
            Weighted layer = new Weighted();
            Filled.parameters(layer, memory);
            int before = memory.getManagedArrays().size();
            Eager x = new Eager(scope.arange(8f).reshape(1, 2, 2, 2), true, Dropout.OF_ENGINE, new Constants(kept));
            layer.forward(x);
            int constants = kept.getManagedArrays().size();

            // When
            NDArray y = ((Eager) layer.forward(x)).array();
            collector.backward(y.sum());

            // Then
            assertThat(y.getManager()).isSameAs(scope);
            assertThat(memory.getManagedArrays()).hasSize(before);
            assertThat(kept.getManagedArrays()).hasSize(constants);
            for (Weight weight : List.of(layer.table, layer.head)) {
                assertThat(weight.array().getGradient().toFloatArray()).doesNotContain(0f);
            }
        }
    }

    private static Counted counted(UnaryOperator<Tensor> operation) {
        OperationLog log = OperationLog.of(Map.of());
        return (Counted) operation.apply(new Counted(new Shape(1, 2, 3), Optional.empty(), log));
    }

    private static Arguments of(String name, UnaryOperator<Tensor> operation, double... expected) {
        return Arguments.of(name, operation, expected);
    }

    private static final class Weighted extends Layer {
        private final int[] pairs = {0, 2, 1, 0};
        private final Weight factors = parameter("factors", Initial.normal(1), 3);
        private final Weight table = parameter("table", Initial.normal(1), 3, 2);
        private final Weight head = parameter("head", Initial.normal(1), 2, 1, 1);

        /// Logits in, logits out.
        @Override
        public Tensor forward(Tensor x) {
            return x.addPairs(table, pairs)
                    .multiply(head)
                    .multiply(2)
                    .dropPath(.001f)
                    .pad(3, 0, 1)
                    .slice(3, 0, 2)
                    .tanh();
        }
    }
}

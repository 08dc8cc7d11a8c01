package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import io.caracal.trainer.nn.Layer;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Group norm and standardised weights, which the engine has no operation for: values on both engines, gradients on the
/// one that trains.
class GroupNormTest {
    private static final int GROUPS = 2;
    private static final int CHANNELS = 4;
    private static final float EPSILON = 1e-5f;
    private static final float STEP = 5e-4f;

    @Test
    void groupsAreNormalizedByThemselves() throws Exception {
        // Given
        Block layer = new Block();
        float[] x = random(2 * CHANNELS * 9);

        // When
        Engines.Both y = Engines.run(layer, layer::norm, x, 2, CHANNELS, 3, 3);

        // Then
        y.areGolden(1e-5, reference(x, 2));
    }

    @Test
    void mapsOfAlmostOneValueAreExactInTheFileAndCloseInTraining() throws Exception {
        // Given a variance far below epsilon
        Block layer = new Block();
        float[] x = new float[CHANNELS * 64 * 64];
        for (int i = 0; i < x.length; i++) {
            x[i] = .97f + i % 7 * 1e-3f;
        }

        // When
        Engines.Both y = Engines.run(layer, layer::norm, x, 1, CHANNELS, 64, 64);

        // Then
        double[] golden = reference(x, 1);
        for (int i = 0; i < x.length; i++) {
            assertThat((double) y.ort()[i]).isCloseTo(golden[i], within(5e-6));
            assertThat((double) y.djl()[i]).isCloseTo(golden[i], within(5e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("standardizations")
    void weightsAreStandardized(Standardization standardization) throws Exception {
        // Given: each image has one channel that is 1, so it reads one number of each kernel. By the rule of spec
        // 4.10 the weight is .1 sin(.37 i + 3)
        Block layer = new Block(standardization);
        float[] x = new float[CHANNELS * CHANNELS];
        double[] golden = new double[CHANNELS * CHANNELS];
        for (int kernel = 0; kernel < CHANNELS; kernel++) {
            double[] row = new double[CHANNELS];
            for (int i = 0; i < CHANNELS; i++) {
                row[i] = .1 * Math.sin(.37 * (kernel * CHANNELS + i) + 3);
            }
            normalize(row, standardization);
            for (int i = 0; i < CHANNELS; i++) {
                golden[i * CHANNELS + kernel] = row[i];
            }
        }
        for (int i = 0; i < CHANNELS; i++) {
            x[i * CHANNELS + i] = 1;
        }

        // When
        Engines.Both y = Engines.run(layer, layer::conv, x, CHANNELS, CHANNELS, 1, 1);

        // Then
        y.areGolden(1e-5, golden);
    }

    static Stream<Arguments> kernels() {
        return Stream.of(
                Arguments.of(new Standardization.ByVariance(1e-8f), 1.3416407811, .4472135937),
                Arguments.of(new Standardization.ByDeviation(1e-5f), 1.3416287866, .4472095955));
    }

    /// Spec 4.9, in the forms of timm and Flax.
    @ParameterizedTest
    @MethodSource("kernels")
    void aKernelOfFourNumbersIsStandardizedToTheGoldenOnes(Standardization standardization, double four, double three)
            throws Exception {
        // Given: each image reads one number of the kernel
        Kernel layer = new Kernel(standardization);
        float[] x = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

        // When
        Engines.Both y = Engines.runWith(
                memory -> layer.weight.allocate(memory, new Random(0)), layer, layer::forward, x, 4, 4, 1, 1);

        // Then
        y.areGolden(1e-6, -four, -three, three, four);
    }

    @Test
    void kernelOfOneValueHasAGradient() {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager memory = compute.newScope()) {
            // Given
            Block layer = new Block(new Standardization.ByDeviation(1e-5f));
            Filled.parameters(layer, memory);
            Weight weight = layer.weights().get("weight");
            weight.set(new float[weight.size()]);

            // When
            float[] gradient = gradient(compute, layer, weight);

            // Then
            for (float value : gradient) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void padsWithZeros() throws Exception {
        // Given
        float[] x = {1, 2, 3, 4};

        // When
        Engines.Both y = Engines.run(new Block(), map -> map.pad(0, 1), x, 1, 1, 2, 2);

        // Then
        y.areGolden(1e-30, 1, 2, 0, 3, 4, 0, 0, 0, 0);
    }

    @Test
    void zerosOfAPaddingTakePartInAMaximum() throws Exception {
        // Given
        float[] x = {-1, -2, -3, -4, -5, -6, -7, -8, -9};

        // When
        Engines.Both y = Engines.run(new Block(), map -> map.pad(0, 1).maxPool(2, 2, 0), x, 1, 1, 3, 3);

        // Then
        y.areGolden(1e-30, -1, 0, 0, 0);
    }

    static Stream<Standardization> standardizations() {
        return Stream.of(new Standardization.ByVariance(1e-8f), new Standardization.ByDeviation(1e-5f));
    }

    static Stream<Arguments> weights() {
        return standardizations()
                .flatMap(standardization -> Stream.of("norm.weight", "norm.bias", "weight")
                        .map(name -> Arguments.of(name, standardization)));
    }

    /// Against the difference quotient of the same function.
    @ParameterizedTest
    @MethodSource("weights")
    void gradientsAreThoseOfTheFunction(String name, Standardization standardization) {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager memory = compute.newScope()) {
            // Given
            Block layer = new Block(standardization);
            Map<String, Weight> weights = layer.weights();
            Filled.parameters(layer, memory);
            Weight weight = weights.get(name);
            float[] start = weight.values();
            int before = compute.arrays();

            // When
            float[] gradient = gradient(compute, layer, weight);

            // Then
            for (int i = 0; i < start.length; i++) {
                double up = moved(compute, layer, weight, start, i, STEP);
                double down = moved(compute, layer, weight, start, i, -STEP);
                double difference = (up - down) / (2 * STEP);
                assertThat((double) gradient[i]).isCloseTo(difference, within(.02 * Math.max(1, Math.abs(difference))));
            }
            assertThat(compute.arrays()).as("arrays that are left").isLessThanOrEqualTo(before + 1);
        }
    }

    private static float[] gradient(Compute compute, Block layer, Weight weight) {
        try (NDManager scope = compute.newScope();
                GradientCollector collector = compute.newGradientCollector()) {
            collector.backward(loss(layer, scope));
            return weight.array().getGradient().toFloatArray();
        }
    }

    private static double moved(Compute compute, Block layer, Weight weight, float[] start, int index, float by) {
        float[] values = start.clone();
        values[index] += by;
        weight.set(values);
        try (NDManager scope = compute.newScope();
                Gradients _ = Gradients.off()) {
            return loss(layer, scope).getFloat();
        } finally {
            weight.set(start);
        }
    }

    private static NDArray loss(Block layer, NDManager scope) {
        NDArray x = scope.create(FloatBuffer.wrap(random(2 * CHANNELS * 9)), new Shape(2, CHANNELS, 3, 3));
        NDArray y =
                ((Eager) layer.forward(new Eager(x, true, Dropout.OF_ENGINE, new Constants(x.getManager())))).array();
        return y.mul(y).mul(y).sum();
    }

    /// In double and plain loops, with scale and shift by the rule of spec 4.10.
    private static double[] reference(float[] x, int images) {
        double[] y = new double[x.length];
        int length = x.length / images / GROUPS;
        int places = x.length / images / CHANNELS;
        for (int group = 0; group < images * GROUPS; group++) {
            double[] row = new double[length];
            for (int i = 0; i < length; i++) {
                row[i] = x[group * length + i];
            }
            normalize(row, EPSILON);
            for (int i = 0; i < length; i++) {
                int channel = (group * length + i) / places % CHANNELS;
                y[group * length + i] =
                        row[i] * (1 + .1 * Math.sin(.37 * channel + 1)) + .1 * Math.sin(.37 * channel + 2);
            }
        }
        return y;
    }

    private static void normalize(double[] row, double epsilon) {
        normalize(row, new Standardization.ByVariance((float) epsilon));
    }

    private static void normalize(double[] row, Standardization standardization) {
        double mean = 0;
        for (double value : row) {
            mean += value / row.length;
        }
        double variance = 0;
        for (double value : row) {
            variance += (value - mean) * (value - mean) / row.length;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = (row[i] - mean) / standardization.divisor(variance);
        }
    }

    private static float[] random(int size) {
        Random random = new Random(3);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - .3f;
        }
        return values;
    }

    private static final class Kernel extends Layer {
        private final Weight weight = parameter(
                "weight", (values, _) -> System.arraycopy(new float[] {1, 2, 3, 4}, 0, values, 0, 4), 1, 4, 1, 1);
        private final Standardization standardization;

        private Kernel(Standardization standardization) {
            this.standardization = standardization;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.standardizedConv2d(weight, standardization, 1, 0);
        }
    }

    private static final class Block extends Layer {
        private final Weight scale = parameter("norm.weight", Initial.constant(1), CHANNELS);
        private final Weight shift = parameter("norm.bias", Initial.constant(0), CHANNELS);
        private final Weight weight = parameter("weight", Initial.normal(1), CHANNELS, CHANNELS, 1, 1);
        private final Standardization standardization;

        private Block() {
            this(new Standardization.ByVariance(1e-8f));
        }

        private Block(Standardization standardization) {
            this.standardization = standardization;
        }

        @Override
        public Tensor forward(Tensor x) {
            return norm(conv(x));
        }

        Tensor norm(Tensor x) {
            return x.groupNorm(GROUPS, scale, shift, EPSILON);
        }

        Tensor conv(Tensor x) {
            return x.standardizedConv2d(weight, standardization, 1, 0);
        }
    }
}

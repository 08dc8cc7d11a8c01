package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropMasksTest {
    private static final int MANY = 1_000_003;

    /// Where a mask drops.
    private static boolean[] dropped(long key, float rate) {
        IntBuffer bits = IntBuffer.allocate(MANY);
        DropMasks.fill(bits, key, rate);
        boolean[] dropped = new boolean[MANY];
        for (int i = 0; i < MANY; i++) {
            float value = Float.intBitsToFloat(bits.get(i));
            assertThat(value).isIn(0f, 1 / (1 - rate));
            dropped[i] = value == 0;
        }
        return dropped;
    }

    private static double share(boolean[] a, boolean[] b, int lag) {
        return IntStream.range(0, MANY - lag).filter(i -> a[i] && b[i + lag]).count() / (double) (MANY - lag);
    }

    @ParameterizedTest
    @ValueSource(floats = {.001f, .1f, .25f, .5f, .9f})
    void dropsAtTheRateAndNeighboursApart(float rate) {
        // Given
        double deviation = Math.sqrt(rate * (1 - rate) / MANY);
        double ofPairs = Math.sqrt(rate * rate * (1 - rate * rate) / MANY);

        // When
        boolean[] dropped = dropped(0x123456789abcdefL, rate);

        // Then
        assertThat(share(dropped, dropped, 0)).isCloseTo(rate, within(5 * deviation));
        for (int lag : new int[] {1, 2, 3, 8, 64, 4_096}) {
            assertThat(share(dropped, dropped, lag))
                    .as("pairs %d apart", lag)
                    .isCloseTo(rate * rate, within(5 * ofPairs));
        }
    }

    /// Keys that differ in one bit, low or high, or follow each other.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 0x1000, 1L << 31, 1L << 32, 1L << 47, 1L << 63})
    void masksOfNeighbouringKeysAreIndependent(long difference) {
        // Given
        boolean[] one = dropped(42, .1f);

        // When
        boolean[] other = dropped(42 ^ difference, .1f);

        // Then
        assertThat(share(one, other, 0)).isCloseTo(.01, within(5 * Math.sqrt(.01 * .99 / MANY)));
    }

    @Test
    void theSeedDecidesAndGradientsPassWhereNothingIsDropped() {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager scope = compute.newScope();
                GradientCollector collector = compute.newGradientCollector()) {
            // Given
            NDArray x = scope.arange(6_000f).add(scope.create(1f)).reshape(new Shape(3, 2_000));
            x.setRequiresGradient(true);
            compute.seed(7);

            // When
            NDArray y = compute.dropout().of(x, .4f);
            NDArray next = compute.dropout().of(x, .4f);
            collector.backward(y.sum());

            // Then
            float[] values = y.toFloatArray();
            float[] gradient = x.getGradient().toFloatArray();
            for (int i = 0; i < values.length; i++) {
                assertThat(gradient[i]).isIn(0f, 1 / .6f);
                assertThat(values[i]).isEqualTo((i + 1) * gradient[i]);
            }
            assertThat(next.toFloatArray()).isNotEqualTo(values);
            compute.seed(7);
            assertThat(compute.dropout().of(x, .4f).toFloatArray()).containsExactly(values);
            assertThat(y.getManager()).isSameAs(scope);
        }
    }

    @Test
    void anArrayWithGapsInMemoryIsDroppedToo() {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager scope = compute.newScope()) {
            // Given a view whose rows lie apart
            NDArray wide = scope.create(FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6}), new Shape(2, 3));
            NDArray view = wide.transpose();

            // When
            float[] values = compute.dropout().of(view, 0.000001f).toFloatArray();

            // Then
            assertThat(values).containsExactly(new float[] {1, 4, 2, 5, 3, 6}, within(1e-4f));
        }
    }
}

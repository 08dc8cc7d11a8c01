package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Numbers that a model keeps between batches. Declared with its shape when a layer is built, in native memory once a
/// network allocates it.
public final class Weight {
    private final long[] shape;
    private final Initial initial;
    private final boolean parameter;
    private boolean frozen;
    private NDArray array;

    private Weight(long[] shape, Initial initial, boolean parameter) {
        this.shape = shape;
        this.initial = initial;
        this.parameter = parameter;
    }

    /// A parameter: changed by the optimizer.
    public static Weight parameter(Initial initial, long... shape) {
        return new Weight(shape, initial, true);
    }

    /// A running statistic: changed by forward passes in training mode.
    public static Weight statistic(float start, long... shape) {
        return new Weight(shape, Initial.constant(start), false);
    }

    public long[] shape() {
        return shape.clone();
    }

    public int size() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /// Whether the optimizer changes it: a parameter that is not frozen.
    public boolean trained() {
        return parameter && !frozen;
    }

    /// Whether forward passes in training mode change it: nothing that a gradient could move.
    public boolean isStatistic() {
        return !parameter;
    }

    /// Takes memory from `manager`, which owns it from then on, and fills it.
    public void allocate(NDManager manager, RandomGenerator random) {
        float[] values = new float[size()];
        initial.fill(values, random);
        array = manager.create(FloatBuffer.wrap(values), new Shape(shape));
        array.setRequiresGradient(trained());
    }

    /// Whether it stays as it is in training too.
    public boolean frozen() {
        return frozen;
    }

    /// Freezes it or lets it go. A frozen parameter gets no gradient; a frozen statistic is what batches are
    /// normalised by.
    public void freeze(boolean frozen) {
        this.frozen = frozen;
        array().setRequiresGradient(trained());
    }

    /// The array itself; its owner is the network.
    public NDArray array() {
        if (array == null) {
            throw new IllegalStateException("the weights are not allocated");
        }
        return array;
    }

    /// A copy, row-major.
    public float[] values() {
        return array().toFloatArray();
    }

    /// @throws IllegalArgumentException if the number of values is not [#size]
    public void set(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    values.length + " values for a weight of shape " + Arrays.toString(shape));
        }
        try (Gradients _ = Gradients.off();
                NDManager scope = array().getManager().newSubManager()) {
            scope.create(FloatBuffer.wrap(values), new Shape(shape)).copyTo(array);
        }
    }
}

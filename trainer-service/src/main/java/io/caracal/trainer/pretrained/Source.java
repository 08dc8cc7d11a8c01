package io.caracal.trainer.pretrained;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A tensor on its way from a file to a weight. Its shape is known; its numbers, row-major, are read when they
/// are needed.
///
/// @param origins what it is called in the file; several if it is put together
record Source(List<String> origins, long[] shape, Values values) {

    @FunctionalInterface
    interface Values {
        float[] read() throws IOException;
    }

    static Source of(String name, long[] shape, Values values) {
        return new Source(List.of(name), shape, values);
    }

    /// The same numbers under another shape.
    ///
    /// @throws IllegalArgumentException if it has not as many
    Source reshaped(long... to) {
        if (size(to) != size(shape)) {
            throw new IllegalArgumentException(Arrays.toString(shape) + " to " + Arrays.toString(to));
        }
        return new Source(origins, to, values);
    }

    /// Axis `i` of the result is `axes[i]` of this.
    Source permuted(int... axes) {
        long[] to = Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray();
        return new Source(origins, to, () -> permute(values.read(), axes));
    }

    /// Other numbers, made of these.
    Source changed(long[] to, Change change) {
        return new Source(origins, to, () -> change.of(values.read()));
    }

    @FunctionalInterface
    interface Change {
        float[] of(float[] values);
    }

    /// One below the other.
    ///
    /// @param parts of equal shapes
    static Source stacked(List<Source> parts) {
        long[] to = parts.getFirst().shape.clone();
        to[0] *= parts.size();
        List<String> origins = new ArrayList<>();
        parts.forEach(part -> origins.addAll(part.origins));
        return new Source(origins, to, () -> {
            float[] whole = new float[Math.toIntExact(size(to))];
            int at = 0;
            for (Source part : parts) {
                float[] values = part.values.read();
                System.arraycopy(values, 0, whole, at, values.length);
                at += values.length;
            }
            return whole;
        });
    }

    int rank() {
        return shape.length;
    }

    long size() {
        return size(shape);
    }

    static long size(long... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private float[] permute(float[] from, int... axes) {
        int[] strides = new int[rank()]; // of the result's axes in these numbers
        for (int i = 0; i < axes.length; i++) {
            strides[i] = Math.toIntExact(size(Arrays.copyOfRange(shape, axes[i] + 1, rank())));
        }
        int[] index = new int[rank()];
        float[] to = new float[from.length];
        int at = 0;
        for (int i = 0; i < to.length; i++) {
            to[i] = from[at];
            for (int axis = axes.length - 1; axis >= 0; axis--) {
                index[axis]++;
                at += strides[axis];
                if (index[axis] < shape[axes[axis]]) {
                    break;
                }
                at -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return to;
    }
}

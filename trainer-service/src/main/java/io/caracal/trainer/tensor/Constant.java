package io.caracal.trainer.tensor;

/// Numbers that are the same for every image and that nothing trains: a table of sines, an attention mask.
///
/// @param values row-major
/// @param shape broadcast to that of the tensor they are added to
public record Constant(float[] values, long... shape) {
    public Constant {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(values.length + " values where the shape asks for " + size);
        }
    }

    /// `[T, 1] -> [T, T + 1]`: each number as the last of its row.
    Constant behindZeros() {
        int rows = values.length;
        float[] behind = new float[rows * (rows + 1)];
        for (int row = 0; row < rows; row++) {
            behind[row * (rows + 1) + rows] = values[row];
        }
        return new Constant(behind, rows, rows + 1);
    }
}

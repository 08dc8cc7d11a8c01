package io.caracal.trainer.look;

import java.util.Arrays;

/// Values over a picture, evenly spread.
///
/// @param values row by row
public record HeatMap(int rows, int columns, double[] values) {

    public HeatMap {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values for " + rows + " rows of " + columns);
        }
    }

    public double at(int row, int column) {
        return values[row * columns + column];
    }

    public double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /// Divided by the largest value, what is below 0 set to 0; all 0 if nothing is above.
    public HeatMap scaled() {
        double max = max();
        return new HeatMap(
                rows,
                columns,
                Arrays.stream(values)
                        .map(value -> max > 0 ? Math.max(0, value) / max : 0)
                        .toArray());
    }

    /// The smallest value that is not below 0.
    public double low() {
        return Math.max(0, Arrays.stream(values).min().orElseThrow());
    }

    /// 0 for [#low] and what is below it, 1 for the largest value; all 0 if all are the same.
    public HeatMap spread() {
        double low = low();
        double range = max() - low;
        return new HeatMap(
                rows,
                columns,
                Arrays.stream(values)
                        .map(value -> range > 0 ? Math.max(0, value - low) / range : 0)
                        .toArray());
    }

    /// Bilinear between the centres of the cells, constant beyond the outermost.
    ///
    /// @param x from 0, the left edge, to 1, the right edge
    /// @param y from 0, the top, to 1, the bottom
    public double sample(double x, double y) {
        double column = Math.clamp(x * columns - .5, 0, columns - 1);
        double row = Math.clamp(y * rows - .5, 0, rows - 1);
        int left = (int) column;
        int top = (int) row;
        int right = Math.min(left + 1, columns - 1);
        int bottom = Math.min(top + 1, rows - 1);
        double above = between(at(top, left), at(top, right), column - left);
        double below = between(at(bottom, left), at(bottom, right), column - left);
        return between(above, below, row - top);
    }

    private static double between(double from, double to, double share) {
        return from + (to - from) * share;
    }
}

package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Constant;

/// Fixed positions of sines and cosines, to be added to tokens (spec 2.5).
public final class Sinusoid {
    private static final double BASE = 10_000;

    private Sinusoid() {}

    /// Vaswani et al. 2017: `[1, tokens, width]`, the first token at position 0; even channels are sines, odd ones
    /// cosines.
    public static Constant overSequence(int tokens, int width) {
        float[] values = new float[tokens * width];
        for (int token = 0; token < tokens; token++) {
            for (int channel = 0; channel < width; channel++) {
                int even = channel - channel % 2;
                double angle = token / Math.pow(BASE, (double) even / width);
                values[token * width + channel] = (float) (channel % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
            }
        }
        return new Constant(values, 1, tokens, width);
    }

    /// MoCo v3 and big_vision: `[1, rows * columns, width]`, four quarters of channels: sine and cosine of the column,
    /// then of the row.
    ///
    /// @throws IllegalArgumentException if the width cannot be divided by 4 or is 4
    public static Constant overGrid(int rows, int columns, int width) {
        int quarter = width / 4;
        if (width % 4 != 0 || quarter < 2) {
            throw new IllegalArgumentException("width is " + width + ", allowed is a multiple of 4 from 8 on");
        }
        float[] values = new float[rows * columns * width];
        for (int token = 0; token < rows * columns; token++) {
            int column = token % columns;
            int row = token / columns;
            for (int k = 0; k < quarter; k++) {
                double frequency = Math.pow(BASE, -k / (quarter - 1.0));
                double x = column * frequency;
                double y = row * frequency;
                int at = token * width + k;
                values[at] = (float) Math.sin(x);
                values[at + quarter] = (float) Math.cos(x);
                values[at + 2 * quarter] = (float) Math.sin(y);
                values[at + 3 * quarter] = (float) Math.cos(y);
            }
        }
        return new Constant(values, 1, (long) rows * columns, width);
    }
}

package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// Drawn numbers, seen as spec 4.8 asks.
public record Sample(int count, double min, double max, double mean, double deviation) {

    public static Sample of(float[] values) {
        double min = Double.MAX_VALUE;
        double max = -Double.MAX_VALUE;
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return new Sample(values.length, min, max, mean, Math.sqrt(squares / values.length - mean * mean));
    }

    /// Around 0, with this deviation but for 2 %, or for what so few numbers leave open.
    public void hasDeviation(double expected) {
        assertThat(mean).as("mean").isCloseTo(0, within(4 * expected / Math.sqrt(count)));
        assertThat(deviation)
                .as("deviation")
                .isCloseTo(expected, within(expected * Math.max(.02, 4 / Math.sqrt(2.0 * count))));
    }

    /// Up to this far on either side of 0, and no further but for rounding.
    public void fills(double bound) {
        double gap = 100 * bound / count;
        assertThat(min).as("least").isBetween(-bound * (1 + 1e-6), -bound + gap);
        assertThat(max).as("largest").isBetween(bound - gap, bound * (1 + 1e-6));
    }
}

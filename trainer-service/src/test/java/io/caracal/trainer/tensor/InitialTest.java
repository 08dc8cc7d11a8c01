package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Statistically, as spec 4.8 asks.
class InitialTest {
    private static final int COUNT = 400_000;

    @Test
    void fanInIsUniformWithinPyTorchsBound() {
        // Given
        double bound = .018042196; // spec 4.8, fan-in 3072

        // When
        Sample sample = Sample.of(Initial.fanIn(3072));

        // Then
        assertThat(sample.min).isGreaterThanOrEqualTo(-bound - 1e-8).isCloseTo(-bound, within(1e-6));
        assertThat(sample.max).isLessThanOrEqualTo(bound + 1e-8).isCloseTo(bound, within(1e-6));
        double deviation = bound / Math.sqrt(3);
        assertThat(sample.mean).isCloseTo(0, within(4 * deviation / Math.sqrt(COUNT)));
        assertThat(sample.deviation).isCloseTo(deviation, within(.02 * deviation));
    }

    @Test
    void normalHasItsDeviation() {
        // Given
        Initial normal = Initial.normal(.5);

        // When
        Sample sample = Sample.of(normal);

        // Then
        assertThat(sample.mean).isCloseTo(0, within(4 * .5 / Math.sqrt(COUNT)));
        assertThat(sample.deviation).isCloseTo(.5, within(.01));
    }

    private record Sample(double min, double max, double mean, double deviation) {
        static Sample of(Initial initial) {
            float[] values = new float[COUNT];
            initial.fill(values, new Random(1));
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
            double mean = sum / COUNT;
            return new Sample(min, max, mean, Math.sqrt(squares / COUNT - mean * mean));
        }
    }
}

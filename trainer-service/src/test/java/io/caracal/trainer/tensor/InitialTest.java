package io.caracal.trainer.tensor;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statistically, against the numbers of spec 4.8.
class InitialTest {
    private static final int COUNT = 400_000;

    private static Sample draw(Initial initial) {
        float[] values = new float[COUNT];
        initial.fill(values, new Random(1));
        return Sample.of(values);
    }

    @Test
    void fanInIsUniformWithinPyTorchsBound() {
        // Given
        double bound = .018042196;

        // When
        Sample sample = draw(Initial.fanIn(3072));

        // Then
        sample.fills(bound);
        sample.hasDeviation(bound / Math.sqrt(3));
    }

    @Test
    void normalHasItsDeviation() {
        // When
        Sample sample = draw(Initial.normal(.5));

        // Then
        sample.hasDeviation(.5);
    }

    /// Cut off at two deviations of the normal that is cut, which has a larger one for it.
    @Test
    void lecunsNormalIsCutOffAndHasItsDeviationAfterThat() {
        // When
        Sample sample = draw(Initial.lecunNormal(768));

        // Then
        sample.fills(.082044882);
        sample.hasDeviation(.036084392);
    }

    @ParameterizedTest
    @CsvSource({"768, .0625", "2304, .044194174", "3072, .039528471"})
    void xavierIsUniformWithinTheBoundOfBothSides(int out, double bound) {
        // When
        Sample sample = draw(Initial.xavierUniform(768, out));

        // Then
        sample.fills(bound);
        sample.hasDeviation(bound / Math.sqrt(3));
    }

    /// `sqrt(2 / (in + out))`.
    @Test
    void xaviersNormalHasTheDeviationOfBothSides() {
        // When
        Sample sample = draw(Initial.xavierNormal(192, 384));

        // Then
        sample.hasDeviation(.058925565);
    }

    /// `sqrt(2 / fan)`: what one output of the first convolution of a ResNet reads, and what one of its inputs
    /// reaches.
    @ParameterizedTest
    @CsvSource({"147, .116642368", "3136, .025253814"})
    void kaimingsNormalHasTheDeviationOfItsFan(long fan, double deviation) {
        // When
        Sample sample = draw(Initial.kaiming(fan));

        // Then
        sample.hasDeviation(deviation);
    }
}

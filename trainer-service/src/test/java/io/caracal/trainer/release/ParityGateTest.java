package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.scoring.Scores;
import org.junit.jupiter.api.Test;

class ParityGateTest {

    private static Parity compare(float[][] want, float[][] got) {
        return ParityGate.compare(want, new Scores(got, got));
    }

    @Test
    void equalLogitsPass() {
        // When
        Parity parity = compare(new float[][] {{1, 2}, {4, 3}}, new float[][] {{1, 2}, {4, 3}});

        // Then
        assertThat(parity).isEqualTo(new Parity(2, 0, 0, 0));
        assertThat(parity.passed()).isTrue();
    }

    @Test
    void smallLogitsAreComparedAbsolutely() {
        // When
        Parity parity = compare(new float[][] {{0.5f, -0.5f}}, new float[][] {{0.5002f, -0.5f}});

        // Then
        assertThat(parity.maxAbs()).isBetween(1.9e-4, 2.1e-4);
        assertThat(parity.passed()).isFalse();
    }

    @Test
    void largeLogitsAreComparedRelativeToTheirSize() {
        // When the difference is 1e-2 on 1000
        Parity parity = compare(new float[][] {{1000f, 0f}}, new float[][] {{1000.01f, 0f}});

        // Then
        assertThat(parity.maxAbs()).isBetween(9e-3, 1.1e-2);
        assertThat(parity.maxError()).isLessThan(2e-5);
        assertThat(parity.passed()).isTrue();
    }

    @Test
    void changedLabelFailsHoweverSmallTheDifference() {
        // When
        Parity parity = compare(new float[][] {{1f, 1.00001f}}, new float[][] {{1.00001f, 1f}});

        // Then
        assertThat(parity.changedLabels()).isEqualTo(1);
        assertThat(parity.maxError()).isLessThan(Parity.TOLERANCE);
        assertThat(parity.passed()).isFalse();
    }

    @Test
    void notANumberFails() {
        // When
        Parity parity = compare(new float[][] {{1f, 0f}, {1f, 0f}}, new float[][] {{1f, Float.NaN}, {1f, 0f}});

        // Then
        assertThat(parity.maxError()).isNaN();
        assertThat(parity.passed()).isFalse();
    }

    @Test
    void nothingComparedFails() {
        // When
        Parity parity = compare(new float[0][], new float[0][]);

        // Then
        assertThat(parity.passed()).isFalse();
    }
}

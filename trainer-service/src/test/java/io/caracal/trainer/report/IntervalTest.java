package io.caracal.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void ofAShare() {
        // When
        Interval interval = Interval.of(15, 20);

        // Then: centre (0.75 + z²/40) / (1 + z²/20) = 0.709719, half 0.178420
        assertThat(interval.low()).isCloseTo(0.531299, within(1e-4));
        assertThat(interval.high()).isCloseTo(0.888138, within(1e-4));
    }

    @Test
    void allRightIsNotCertainlyPerfect() {
        // When
        Interval interval = Interval.of(10, 10);

        // Then
        assertThat(interval.low()).isCloseTo(0.722467, within(1e-4));
        assertThat(interval.high()).isCloseTo(1, within(1e-12));
    }

    @Test
    void noImagesTellNothing() {
        // When, Then
        assertThat(Interval.of(0, 0)).isEqualTo(new Interval(0, 1));
    }
}

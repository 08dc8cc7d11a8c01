package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
    @Test
    void sumsToOneHoweverLargeTheLogitsAre() {
        // When
        float[] probabilities = Softmax.probabilities(new float[] {1000, 999, -1000});

        // Then
        assertThat(probabilities).containsExactly(new float[] {0.731059f, 0.268941f, 0}, within(1e-6f));
    }

    @Test
    void hasAFiniteLogarithmForZero() {
        // When
        float[] logits = Softmax.logits(new float[] {1, 0});

        // Then
        assertThat(logits).containsExactly(new float[] {0, -103.279f}, within(1e-3f));
    }
}

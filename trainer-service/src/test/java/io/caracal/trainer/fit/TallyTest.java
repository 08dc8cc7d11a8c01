package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {
    /// Of a logit that is ahead by 2, and of one that is behind.
    private static final double AHEAD = Math.log1p(Math.exp(-2));

    private static final double BEHIND = Math.log1p(Math.exp(2));
    private static final float[] LOGITS = {2, 0, 2, 0};

    @Test
    void countsEachImage() {
        // Given
        Tally tally = new Tally();

        // When
        tally.add(new Scores(LOGITS, new int[] {0, 1}));

        // Then
        assertThat(tally.accuracy()).isEqualTo(.5);
        assertThat(tally.loss()).isCloseTo((AHEAD + BEHIND) / 2, within(1e-9));
    }

    /// What a mixed image shows of its partner is right by that share too.
    @Test
    void mixedImagesCountByTheirShares() {
        // Given
        Tally tally = new Tally();

        // When
        tally.add(new Scores(new float[] {2, 0, 2, 0, 2, 0}, new int[] {0, 0, 1}, .75f));

        // Then: the first is mixed with the last, the second with itself
        assertThat(tally.accuracy()).isCloseTo((.75 + 1 + .25) / 3, within(1e-9));
        assertThat(tally.loss())
                .isCloseTo((.75 * AHEAD + .25 * BEHIND + AHEAD + .75 * BEHIND + .25 * AHEAD) / 3, within(1e-9));
        assertThat(tally.evaluation().images()).isEqualTo(3);
    }
}

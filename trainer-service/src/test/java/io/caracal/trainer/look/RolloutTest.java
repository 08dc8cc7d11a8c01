package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Spec 4.5.
class RolloutTest {
    private static final AttentionWeights FIRST =
            new AttentionWeights(1, 3, new float[] {.6f, .2f, .2f, .1f, .8f, .1f, .3f, .3f, .4f});
    private static final AttentionWeights SECOND =
            new AttentionWeights(1, 3, new float[] {.5f, .3f, .2f, .2f, .5f, .3f, .25f, .25f, .5f});
    /// A class token and two patches; that these are no square does not matter here.
    private static final TokenGrid GRID = new TokenGrid(1, 1);

    private static void assertRow(double[] row, double... golden) {
        assertThat(row).containsExactly(golden, within(1e-6));
    }

    @Test
    void laterLayersStandOnTheLeft() {
        // When
        double[][] rollout = new Rollout(HeadFusion.MEAN, 0).of(List.of(FIRST, SECOND), GRID);

        // Then: the wrong order would give .6225 .2075 .17, leaving out the identity .39 .40 .21
        assertRow(rollout[0], .6225, .225, .1525);
        assertRow(rollout[1], .14, .7075, .1525);
        assertRow(rollout[2], .21875, .2375, .54375);
    }

    @Test
    void headsAreFusedBeforeAnythingElse() {
        // Given: two heads whose mean is the first layer
        float[] values = new float[18];
        for (int i = 0; i < 9; i++) {
            values[i] = FIRST.values()[i] + .05f;
            values[9 + i] = FIRST.values()[i] - .05f;
        }
        AttentionWeights heads = new AttentionWeights(2, 3, values);

        // When
        double[] mean = new Rollout(HeadFusion.MEAN, 0).of(List.of(heads, SECOND), GRID)[0];
        double[] max = new Rollout(HeadFusion.MAX, 0).of(List.of(heads), GRID)[0];
        double[] min = new Rollout(HeadFusion.MIN, 0).of(List.of(heads), GRID)[0];

        // Then: rows that do not sum to 1 are brought to it
        assertRow(mean, .6225, .225, .1525);
        assertRow(max, 1.65 / 2.15, .25 / 2.15, .25 / 2.15);
        assertRow(min, 1.55 / 1.85, .15 / 1.85, .15 / 1.85);
    }

    @Test
    void theSmallestWeightsAreDiscardedButNotTheClassTokensOwn() {
        // Given: of nine weights the three smallest are those of .05, .1 and .1; the class token's own comes first
        AttentionWeights layer =
                new AttentionWeights(1, 3, new float[] {.05f, .15f, .8f, .1f, .8f, .1f, .3f, .3f, .4f});

        // When
        double[][] rollout = new Rollout(HeadFusion.MEAN, .34).of(List.of(layer), GRID);

        // Then
        assertRow(rollout[0], 1.05 / 2, .15 / 2, .8 / 2);
        assertRow(rollout[1], 0, 1, 0);
        assertRow(rollout[2], .15, .15, .7);
    }

    @Test
    void aShareOfOneWouldLeaveNothing() {
        assertThatThrownBy(() -> new Rollout(HeadFusion.MEAN, 1))
                .hasMessage("discard is 1.0, allowed is 0 up to but not 1");
    }
}

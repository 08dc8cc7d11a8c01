package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spec 4.11.
class AttentionDistanceTest {

    private static AttentionWeights uniform(TokenGrid grid) {
        int tokens = grid.tokens();
        float[] values = new float[tokens * tokens];
        Arrays.fill(values, 1f / tokens);
        return new AttentionWeights(1, tokens, values);
    }

    @ParameterizedTest
    @CsvSource({"14, 116.492227", "2, 13.656854"})
    void uniformAttentionIsAsFarAsPatchesLieApart(int side, double golden) {
        // Given
        TokenGrid grid = new TokenGrid(0, side);

        // When
        double[] distances = AttentionDistance.of(uniform(grid), grid, 16, 16);

        // Then
        assertThat(distances).containsExactly(new double[] {golden}, within(1e-4));
    }

    @Test
    void theCornerLooksFurthest() {
        // Given
        TokenGrid grid = new TokenGrid(0, 14);

        // When
        double distance = AttentionDistance.ofQuery(uniform(grid), 0, 0, grid, 16, 16);

        // Then
        assertThat(distance).isCloseTo(161.030167, within(1e-4));
    }

    @Test
    void theClassTokenIsNoPlace() {
        // Given: a share of one in 197 goes to the class token
        TokenGrid grid = new TokenGrid(1, 14);

        // When
        double[] distances = AttentionDistance.of(uniform(grid), grid, 16, 16);

        // Then
        assertThat(distances).containsExactly(new double[] {116.492227 * 196 / 197}, within(1e-4));
    }

    @Test
    void whoLooksAtItselfLooksNowhere() {
        // Given
        float[] identity = new float[16];
        for (int i = 0; i < 4; i++) {
            identity[5 * i] = 1;
        }

        // When
        double[] distances = AttentionDistance.of(new AttentionWeights(1, 4, identity), new TokenGrid(0, 2), 16, 16);

        // Then
        assertThat(distances).containsExactly(0);
    }

    @Test
    void widthAndHeightOfAPatchAreNotMixedUp() {
        // Given: everyone looks at the patch at the top right; two lie beside it, below it, and one across
        float[] values = new float[16];
        for (int query = 0; query < 4; query++) {
            values[query * 4 + 1] = 1;
        }

        // When
        double distance =
                AttentionDistance.ofQuery(new AttentionWeights(1, 4, values), 0, 0, new TokenGrid(0, 2), 10, 1000);

        // Then
        assertThat(distance).isEqualTo(10);
    }
}

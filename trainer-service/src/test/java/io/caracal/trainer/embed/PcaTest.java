package io.caracal.trainer.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PcaTest {

    /// Points on a line of direction (3, 4) have all variance there: their places on it are 5 apart.
    @Test
    void pointsOnALineHaveOneComponent() {
        // Given
        double[][] data = {{1, 2}, {4, 6}, {10, 14}};

        // When
        Pca pca = Pca.of(data, 2);

        // Then: the mean lies 20/3 along the line
        assertThat(pca.share()).containsExactly(new double[] {1, 0}, within(1e-12));
        assertThat(pca.points()[0][0]).isCloseTo(-20.0 / 3, within(1e-9));
        assertThat(pca.points()[1][0]).isCloseTo(-5.0 / 3, within(1e-9));
        assertThat(pca.points()[2][0]).isCloseTo(25.0 / 3, within(1e-9));
        assertThat(pca.points()[2][1]).isCloseTo(0, within(1e-9));
    }

    /// With more features than points it is computed the other way round.
    @Test
    void distancesSurviveWhenAllComponentsAreKept() {
        // Given
        var random = new Random(1);
        double[][] wide = new double[6][40];
        for (double[] row : wide) {
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextGaussian();
            }
        }

        // When
        Pca pca = Pca.of(wide, 100);

        // Then
        assertThat(pca.points()[0]).hasSize(6);
        double[] before = Distances.squared(wide, 2);
        double[] after = Distances.squared(pca.points(), 2);
        assertThat(after).containsExactly(before, within(1e-9));
        for (int c = 1; c < 6; c++) {
            assertThat(pca.share()[c]).isLessThanOrEqualTo(pca.share()[c - 1]);
        }
    }

    @Test
    void equalPointsLieInOnePlace() {
        // When
        Pca pca = Pca.of(new double[][] {{7, 7}, {7, 7}}, 2);

        // Then
        assertThat(pca.points()).isDeepEqualTo(new double[2][2]);
        assertThat(pca.share()).containsOnly(0);
    }
}

package io.caracal.trainer.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeparationTest {

    /// On a line at 0, 1 and at 10, 12. Silhouettes: a 1, 1, 2, 2; b 11, 10, 9.5, 11.5.
    @Test
    void silhouetteIsRousseeuws() {
        // Given
        double[][] points = {{0}, {1}, {10}, {12}};

        // When
        Separation separation = Separation.of(points, List.of("a", "a", "b", "b"));

        // Then
        double golden = ((11 - 1) / 11.0 + (10 - 1) / 10.0 + (9.5 - 2) / 9.5 + (11.5 - 2) / 11.5) / 4;
        assertThat(separation.silhouette()).isCloseTo(golden, within(1e-12));
    }

    /// The votes are a and two of b for each a, and two of a and b for each b; with all points asked everyone is
    /// outvoted.
    @Test
    void aPointDoesNotVoteForItself() {
        // Given
        double[][] points = {{0}, {1}, {10}, {12}};

        // When
        Separation separation = Separation.of(points, List.of("a", "a", "b", "b"));

        // Then
        assertThat(separation.neighbours()).isZero();
    }

    @Test
    void oneLabelHasNoSilhouette() {
        // When
        Separation separation = Separation.of(new double[][] {{0}, {1}}, List.of("a", "a"));

        // Then
        assertThat(separation).isEqualTo(new Separation(1, 0));
    }
}

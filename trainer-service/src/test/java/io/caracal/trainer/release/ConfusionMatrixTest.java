package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    @Test
    void accuracyPrecisionAndRecall() {
        // Given 3 of 4 cats and 5 of 6 dogs found
        var matrix = new ConfusionMatrix(List.of("cat", "dog"), new int[][] {{3, 1}, {1, 5}});

        // When, Then
        assertThat(matrix.images()).isEqualTo(10);
        assertThat(matrix.accuracy()).isEqualTo(0.8);
        assertThat(matrix.precision(0)).isEqualTo(3.0 / 4);
        assertThat(matrix.recall(0)).isEqualTo(3.0 / 4);
        assertThat(matrix.precision(1)).isEqualTo(5.0 / 6);
        assertThat(matrix.recall(1)).isEqualTo(5.0 / 6);
    }

    @Test
    void classThatIsNeverPredictedHasNoPrecision() {
        // Given
        ConfusionMatrix matrix = ConfusionMatrix.empty(List.of("cat", "dog"));

        // When
        matrix.add(1, 0);

        // Then
        assertThat(matrix.precision(1)).isNaN();
        assertThat(matrix.recall(0)).isNaN();
        assertThat(matrix.recall(1)).isZero();
    }
}

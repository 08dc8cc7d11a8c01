package io.caracal.trainer.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TsneTest {

    /// Three clouds in ten dimensions, taking turns.
    private static double[][] clouds(int points) {
        var random = new Random(4);
        double[][] data = new double[points][10];
        for (int i = 0; i < points; i++) {
            for (int c = 0; c < 10; c++) {
                data[i][c] = random.nextGaussian() + (c == i % 3 ? 12 : 0);
            }
        }
        return data;
    }

    private static List<String> labels(int points) {
        return IntStream.range(0, points).mapToObj(i -> "cloud " + i % 3).toList();
    }

    /// Spec 2.13.
    @Test
    void equidistantPointsAreEquallyNear() {
        // Given
        double[][] points = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

        // When
        double[][] affinities = Affinities.of(points, 2);

        // Then
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(affinities[i][j]).isCloseTo(i == j ? 0 : 1.0 / 6, within(1e-12));
            }
        }
    }

    @Test
    void everyPointHasAsManyNeighboursAsThePerplexitySays() {
        // Given
        double[][] data = clouds(60);

        // When
        double[][] affinities = Affinities.of(data, 12);

        // Then
        double sum = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                sum += affinities[i][j];
                assertThat(affinities[i][j]).isEqualTo(affinities[j][i]);
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void cloudsComeApartAndTheDivergenceFalls() {
        // Given
        double[][] data = clouds(150);

        // When
        Tsne tsne = Tsne.of(data);

        // Then
        assertThat(tsne.divergence()).isLessThan(tsne.divergenceBefore()).isPositive();
        Separation separation = Separation.of(tsne.points(), labels(150));
        assertThat(separation.neighbours()).isEqualTo(1);
        assertThat(separation.silhouette()).isGreaterThan(.7);
    }

    @Test
    void theSameDataGiveTheSamePicture() {
        // Given
        double[][] data = clouds(30);

        // When
        double[][] first = Tsne.of(data).points();
        double[][] second = Tsne.of(clouds(30)).points();

        // Then
        assertThat(first).isDeepEqualTo(second);
    }

    @Test
    void tooManyOrTooFewPointsAreRefused() {
        assertThatThrownBy(() -> Tsne.of(new double[3][2]))
                .hasMessage("t-SNE of 3 images, allowed is 4 to 2000: see --limit, or use pca");
        assertThatThrownBy(() -> Tsne.of(new double[2001][2])).hasMessageStartingWith("t-SNE of 2001 images");
    }
}

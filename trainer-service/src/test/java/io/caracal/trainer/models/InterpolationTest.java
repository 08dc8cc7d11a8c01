package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Against the numbers of spec 4.4.
class InterpolationTest {
    private static final double[] STRAIGHT = {1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4};

    static Stream<Arguments> growing() {
        return Stream.of(
                Arguments.of(Interpolation.BICUBIC, new double[] {
                    .7395833333,
                    1.3263888889,
                    1.9131944444,
                    1.9131944444,
                    2.5,
                    3.0868055556,
                    3.0868055556,
                    3.6736111111,
                    4.2604166667
                }),
                Arguments.of(Interpolation.BICUBIC_ANTIALIAS, new double[] {
                    .8026315789,
                    1.3684210526,
                    1.9342105263,
                    1.9342105263,
                    2.5,
                    3.0657894737,
                    3.0657894737,
                    3.6315789474,
                    4.1973684211
                }),
                Arguments.of(Interpolation.BICUBIC_CORNERS, STRAIGHT),
                Arguments.of(Interpolation.BILINEAR, STRAIGHT),
                Arguments.of(Interpolation.BILINEAR_ANTIALIAS, STRAIGHT),
                Arguments.of(Interpolation.BILINEAR_CORNERS, STRAIGHT));
    }

    @ParameterizedTest
    @MethodSource("growing")
    void twoByTwoGrowsToThreeByThree(Interpolation method, double[] golden) {
        // When
        float[] grown = method.square(new float[] {1, 2, 3, 4}, 2, 3, 1);

        // Then
        isGolden(grown, golden);
    }

    static Stream<Arguments> firstRows() {
        return Stream.of(
                Arguments.of(Interpolation.BILINEAR, new double[] {1, 1.25, 1.75, 2}),
                Arguments.of(Interpolation.BILINEAR_ANTIALIAS, new double[] {1, 1.25, 1.75, 2}),
                Arguments.of(Interpolation.BILINEAR_CORNERS, new double[] {1, 1.3333333333, 1.6666666667, 2}),
                Arguments.of(Interpolation.BICUBIC_CORNERS, new double[] {1, 1.3148148148, 1.6851851852, 2}),
                Arguments.of(Interpolation.BICUBIC, new double[] {.68359375, 1.015625, 1.5625, 1.89453125}),
                Arguments.of(
                        Interpolation.BICUBIC_ANTIALIAS,
                        new double[] {.7352941176, 1.0306722689, 1.6163865546, 1.9117647059}));
    }

    @ParameterizedTest
    @MethodSource("firstRows")
    void twoByTwoGrowsToFourByFour(Interpolation method, double[] golden) {
        // When
        float[] grown = method.square(new float[] {1, 2, 3, 4}, 2, 4, 1);

        // Then
        isGolden(Arrays.copyOf(grown, 4), golden);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        Interpolation.BICUBIC,
                        new double[] {1.0868055556, -.0868055556, .5, .5, -.0868055556, 1.0868055556}),
                Arguments.of(
                        Interpolation.BICUBIC_ANTIALIAS,
                        new double[] {1.0657894737, -.0657894737, .5, .5, -.0657894737, 1.0657894737}));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void weightsOfALineAreGolden(Interpolation method, double[] golden) {
        // When
        double[][] weights = method.weights(2, 3);

        // Then
        for (int i = 0; i < golden.length; i++) {
            assertThat(weights[i / 2][i % 2]).isCloseTo(golden[i], within(1e-10));
        }
    }

    @Test
    void singleValueSpreadsAsInTimm() {
        // When
        float[] grown = Interpolation.BICUBIC_ANTIALIAS.square(new float[] {1, 0, 0, 0}, 2, 3, 1);

        // Then
        isGolden(
                grown,
                1.1359072022,
                .5328947368,
                -.0701177285,
                .5328947368,
                .25,
                -.0328947368,
                -.0701177285,
                -.0328947368,
                .0043282548);
    }

    static Stream<Arguments> shrinking() {
        return Stream.of(
                Arguments.of(
                        Interpolation.BICUBIC, new double[] {1.4307556152, 6.5223693848, 32.3973693848, 53.1807556152}),
                Arguments.of(
                        Interpolation.BICUBIC_ANTIALIAS,
                        new double[] {2.8711691215, 8.1978517452, 30.2845291127, 47.0445238568}));
    }

    @ParameterizedTest
    @MethodSource("shrinking")
    void threeByThreeShrinksToTwoByTwo(Interpolation method, double[] golden) {
        // When
        float[] shrunk = method.square(new float[] {0, 1, 4, 9, 16, 25, 36, 49, 64}, 3, 2, 1);

        // Then
        for (int i = 0; i < golden.length; i++) {
            assertThat((double) shrunk[i]).isCloseTo(golden[i], within(1e-5));
        }
    }

    /// The image resampler is the same rule (spec 4.4).
    @Test
    void lineShrinksAsInPillow() {
        // Given
        float[] row = {0, 10, 20, 30, 40, 50, 60, 70};

        // When
        float[] bilinear = Interpolation.BILINEAR_ANTIALIAS.line(row, 8, 4, 1);
        float[] bicubic = Interpolation.BICUBIC_ANTIALIAS.line(row, 8, 4, 1);

        // Then
        assertThat(bilinear).containsExactly(new float[] {7.142857f, 25, 45, 62.857143f}, within(1e-5f));
        assertThat(bicubic).containsExactly(new float[] {5.439330f, 24.594593f, 45.405407f, 64.56067f}, within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource
    void weightsAddUpToOneAndTheSameSizeChangesNothing(Interpolation method) {
        for (int from = 1; from <= 9; from++) {
            for (int to = 1; to <= 9; to++) {
                // When
                double[][] weights = method.weights(from, to);

                // Then
                for (int i = 0; i < to; i++) {
                    assertThat(Arrays.stream(weights[i]).sum()).isCloseTo(1, within(1e-12));
                    if (from == to) {
                        assertThat(weights[i][i]).isCloseTo(1, within(1e-12));
                    }
                }
            }
        }
    }

    @Test
    void channelsDoNotMix() {
        // Given a grid of two channels, the second ten times the first
        float[] grid = {1, 10, 2, 20, 3, 30, 4, 40};

        // When
        float[] grown = Interpolation.BICUBIC_ANTIALIAS.square(grid, 2, 3, 2);

        // Then
        for (int i = 0; i < 9; i++) {
            assertThat(grown[2 * i + 1]).isCloseTo(10 * grown[2 * i], within(1e-5f));
        }
    }

    private static void isGolden(float[] values, double... golden) {
        assertThat(values).hasSize(golden.length);
        for (int i = 0; i < golden.length; i++) {
            assertThat((double) values[i]).as("value %d", i).isCloseTo(golden[i], within(1e-6));
        }
    }
}

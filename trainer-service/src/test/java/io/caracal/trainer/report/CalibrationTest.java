package io.caracal.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.release.ScoredImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static ScoredImage right(float probability) {
        return new ScoredImage(0, 0, probability, probability);
    }

    private static ScoredImage wrong(float probability) {
        return new ScoredImage(1, 0, probability, 1 - probability);
    }

    @Test
    void errorIsTheWeightedDistanceOfAccuracyAndConfidence() {
        // Given three images at 0.9 of which two are right, and one at 0.6 that is right
        List<ScoredImage> scored = List.of(right(0.9f), right(0.9f), wrong(0.9f), right(0.6f));

        // When
        Calibration calibration = Calibration.of(scored);

        // Then 3/4 * |2/3 - 0.9| + 1/4 * |1 - 0.6|
        assertThat(calibration.ece()).isCloseTo(0.275, within(1e-6));
        assertThat(calibration.bins()).extracting(Calibration.Bin::images).containsExactly(1, 3);
        assertThat(calibration.bins().getLast().from()).isCloseTo(13.0 / 15, within(1e-12));
        assertThat(calibration.bins().getLast().accuracy()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(calibration.bins().getLast().confidence()).isCloseTo(0.9, within(1e-6));
        // (2 ln 0.9 + ln 0.1 + ln 0.6) / 4
        assertThat(calibration.meanLogLikelihood()).isCloseTo(-0.756033, within(1e-5));
    }

    @Test
    void endsOfTheScaleHaveTheirBins() {
        // When
        Calibration calibration = Calibration.of(List.of(right(1), wrong(0), wrong(Float.MIN_VALUE)));

        // Then
        assertThat(calibration.bins().getFirst().images()).isEqualTo(2);
        assertThat(calibration.bins().getLast().to()).isEqualTo(1);
    }

    @Test
    void certainAndWrongIsNotInfinitelyUnlikely() {
        // When
        Calibration calibration = Calibration.of(List.of(wrong(1)));

        // Then
        assertThat(calibration.ece()).isEqualTo(1);
        assertThat(calibration.meanLogLikelihood()).isFinite().isNegative();
    }

    @Test
    void modelThatIsRightAsOftenAsItSaysHasHardlyAnError() {
        // Given 200,000 images, each right with the probability that the model gives it
        var random = new Random(7);
        List<ScoredImage> scored = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            float probability = 0.5f + random.nextFloat() / 2;
            scored.add(random.nextFloat() < probability ? right(probability) : wrong(probability));
        }

        // When
        Calibration calibration = Calibration.of(scored);

        // Then
        assertThat(calibration.ece()).isLessThan(0.01);
        assertThat(calibration.bins().stream().mapToInt(Calibration.Bin::images).sum())
                .isEqualTo(200_000);
    }

    @Test
    void nothingCannotBeCalibrated() {
        // When, Then
        assertThatThrownBy(() -> Calibration.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}

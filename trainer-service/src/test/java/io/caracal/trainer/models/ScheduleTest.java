package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.Schedule.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final int PER_EPOCH = 4;

    private static double[] factors(Schedule schedule, int epochs) {
        return IntStream.range(0, epochs * PER_EPOCH)
                .mapToDouble(step -> schedule.factor(step, PER_EPOCH, epochs))
                .toArray();
    }

    @Test
    void constantStaysAfterTheWarmUp() {
        // When
        double[] factors = factors(new Schedule(Shape.CONSTANT, 1.25f, 0, 30, 0.1f), 3);

        // Then
        assertThat(factors).containsExactly(.2, .4, .6, .8, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void cosineGoesFromOneToTheFloor() {
        // When
        double[] factors = factors(new Schedule(Shape.COSINE, 1, 0.1f, 30, 0.1f), 3);

        // Then a rise over four steps and half a wave over eight
        assertThat(factors)
                .containsExactly(
                        new double[] {
                            .25, .5, .75, 1, .9657458, .8681981, .7222075, .55, .3777925, .2318019, .1342542, .1
                        },
                        within(1e-6));
    }

    /// Spec 4.7: a rate of .03 over 10,000 steps of which 500 are the warm-up.
    @ParameterizedTest
    @CsvSource({
        "1, .00006",
        "100, .006",
        "250, .015",
        "500, .03",
        "501, .0299999992",
        "2875, .0256066017",
        "5250, .015",
        "7625, .0043933983",
        "9999, 8e-10",
        "10000, 0"
    })
    void cosineIsGooglesOwn(int step, double rate) {
        // Given
        Schedule schedule = new Schedule(Shape.COSINE, 5, 0, 30, 0.1f);

        // When
        double factor = schedule.factor(step - 1L, 100, 100);

        // Then
        assertThat(.03 * factor).isCloseTo(rate, within(5e-11));
    }

    @Test
    void stepsAreTakenAfterEpochs() {
        // When
        double[] factors = factors(new Schedule(Shape.STEP, 0, 0, 2, 0.5f), 5);

        // Then
        assertThat(factors).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, .5, .5, .5, .5, .5, .5, .5, .5, .25, .25, .25, .25);
    }
}

package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.Schedule.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

        // Then a rise over four steps and half a wave over eight, which would reach the floor one step later
        assertThat(factors)
                .containsExactly(
                        new double[] {
                            .25, .5, .75, 1, 1, .9657458, .8681981, .7222075, .55, .3777925, .2318019, .1342542
                        },
                        within(1e-6));
    }

    @Test
    void stepsAreTakenAfterEpochs() {
        // When
        double[] factors = factors(new Schedule(Shape.STEP, 0, 0, 2, 0.5f), 5);

        // Then
        assertThat(factors).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, .5, .5, .5, .5, .5, .5, .5, .5, .25, .25, .25, .25);
    }
}

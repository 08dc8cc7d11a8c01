package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.caracal.scoring.Device;
import io.caracal.trainer.tensor.Compute;
import org.junit.jupiter.api.Test;

/// The figures are those of spec/models.md 4.7.
class TargetsTest {

    @Test
    void hardLabelsStayHard() {
        // When, Then
        assertThat(Targets.of(new int[] {1, 0}, 3, 1, 0)).containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void smoothingSpreadsItsShareOverAllClasses() {
        // When, Then
        assertThat(Targets.of(new int[] {0}, 2, 1, 0.1f)).containsExactly(new float[] {0.95f, 0.05f}, within(1e-6f));
    }

    @Test
    void mixedAndSmoothedCatAndDog() {
        // When
        float[] targets = Targets.of(new int[] {0, 1}, 2, 0.7f, 0.1f);

        // Then
        assertThat(targets).containsExactly(new float[] {0.68f, 0.32f, 0.32f, 0.68f}, within(1e-6f));
    }

    private static float mean(NDArray logits, float... targets) {
        return CrossEntropy.mean(logits, CrossEntropy.weights(logits.getManager(), targets, 2))
                .getFloat();
    }

    @Test
    void crossEntropyOfSoftTargets() {
        // Given
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager scope = compute.newScope()) {
            NDArray logits = scope.create(new float[] {1, -1}, new Shape(1, 2));

            // When
            float soft = mean(logits, 0.665f, 0.335f);
            float cat = mean(logits, 1, 0);
            float dog = mean(logits, 0, 1);

            // Then
            assertThat((double) soft).isCloseTo(0.7969280110, within(1e-6));
            assertThat((double) cat).isCloseTo(0.1269280110, within(1e-6));
            assertThat((double) dog).isCloseTo(2.1269280110, within(1e-6));
        }
    }
}

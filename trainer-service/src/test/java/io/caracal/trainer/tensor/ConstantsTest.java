package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.caracal.scoring.Device;
import org.junit.jupiter.api.Test;

class ConstantsTest {

    @Test
    void eachNumberIsCopiedOnceAndGoesWithItsMemory() {
        // Given
        try (Compute compute = Compute.open(Device.CPU, 1)) {
            int before = compute.arrays();
            try (NDManager memory = compute.newScope()) {
                var constants = new Constants(memory);
                var mask = new Constant(new float[] {1, 2}, 2, 1);
                var equal = new Constant(new float[] {1, 2}, 2, 1);
                int[] index = {1, 0};

                // When
                for (int pass = 0; pass < 3; pass++) {
                    constants.number(.5f);
                    constants.table(mask);
                    constants.behindZeros(mask);
                    constants.index(index);
                    constants.perChannel(Normalization.IMAGENET);
                }

                // Then
                assertThat(compute.arrays()).isEqualTo(before + 6);
                assertThat(constants.table(mask))
                        .isSameAs(constants.table(mask))
                        .isNotSameAs(constants.table(equal));
                assertThat(constants.table(mask).toFloatArray()).containsExactly(1, 2);
                assertThat(constants.behindZeros(mask).toFloatArray()).containsExactly(0, 0, 1, 0, 0, 2);
                assertThat(constants.index(index).toIntArray()).containsExactly(1, 0);
            }
            assertThat(compute.arrays()).isEqualTo(before);
        }
    }
}

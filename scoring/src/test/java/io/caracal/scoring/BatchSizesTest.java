package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.contracts.ModelCard.Input;
import io.caracal.contracts.ModelCard.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizesTest {
    @Test
    void theCpuTakesWhatIsLeft() {
        // Given
        BatchSizes sizes = BatchSizes.of(Input.pixels("pixels", 4, 4), Device.CPU);

        // When, then
        assertThat(sizes.next(7)).isEqualTo(7);
    }

    @Test
    void cudaTakesTheSmallestOfFewThatHoldsAll() {
        // Given
        BatchSizes sizes = BatchSizes.of(Input.pixels("pixels", 4, 4), Device.CUDA);

        // When, then
        assertThat(sizes.next(1)).isEqualTo(1);
        assertThat(sizes.next(5)).isEqualTo(16);
        assertThat(sizes.next(65)).isEqualTo(64);
        assertThat(sizes.toWarm()).containsExactly(1, 4, 16, 64);
    }

    @Test
    void aFixedBatchIsTheOnlySizeEverywhere() {
        // Given
        Input input = new Input("data", Layout.FLOAT_NCHW, 4, 4, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

        // When, then
        assertThat(BatchSizes.of(input, Device.CUDA).next(9)).isEqualTo(1);
        assertThat(BatchSizes.of(input, Device.CPU).toWarm()).containsExactly(1);
    }
}

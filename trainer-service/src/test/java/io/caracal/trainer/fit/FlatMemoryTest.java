package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.fit.FlatMemory.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlatMemoryTest {

    @Test
    void whatGrowsAfterItHasSettledIsNotFlat() {
        // Given
        Reading early = new Reading(50, 100, 9);
        Reading settled = new Reading(100, 1_000, 9);

        // When, Then
        assertThat(FlatMemory.isFlat(List.of(early, settled, new Reading(150, 1_020, 9))))
                .isTrue();
        assertThat(FlatMemory.isFlat(List.of(early, settled, new Reading(150, 400, 9))))
                .isTrue();
        assertThat(FlatMemory.isFlat(List.of(early, settled, new Reading(150, 1_021, 9))))
                .isFalse();
        assertThat(FlatMemory.isFlat(List.of(early, settled, new Reading(150, 1_000, 10))))
                .isFalse();
    }

    @Test
    void smallProcessesMayMoveByMebibytes() {
        // When, Then
        assertThat(FlatMemory.isFlat(List.of(new Reading(100, 100, 9), new Reading(150, 116, 9))))
                .isTrue();
        assertThat(FlatMemory.isFlat(List.of(new Reading(100, 100, 9), new Reading(150, 117, 9))))
                .isFalse();
    }

    @Test
    void tooFewStepsAreTold() {
        // When, Then
        assertThatThrownBy(() -> FlatMemory.isFlat(List.of(new Reading(100, 1, 1))))
                .hasMessageContaining("150 or more");
    }
}

package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BatchBuffersTest {

    @Test
    void buffersAreUsedAgain() {
        // Given
        try (var buffers = new BatchBuffers(16, 1)) {
            ByteBuffer first = buffers.lend();
            first.position(5);
            buffers.giveBack(first);

            // When
            ByteBuffer second = buffers.lend();

            // Then
            assertThat(second).isSameAs(first);
            assertThat(second.remaining()).isEqualTo(16);
        }
    }

    @Test
    void lendingMoreThanThereAreIsAnErrorAndNotAWait() {
        // Given
        try (var buffers = new BatchBuffers(16, 2)) {
            buffers.lend();
            buffers.lend();

            // When, Then
            assertThatThrownBy(buffers::lend)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all 2 batches are in use");
        }
    }
}

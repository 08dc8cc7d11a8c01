package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelCacheTest {
    @TempDir
    Path folder;

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        // Given
        try (PixelCache cache = PixelCache.open(folder, 10, 4, new AtomicLong(1_000))) {
            ByteBuffer pixels = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});

            // When
            cache.put(3, pixels);

            // Then
            assertThat(cache.holds(3)).isTrue();
            assertThat(cache.view(3)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            assertThat(pixels.remaining()).isEqualTo(4);
            assertThat(cache.holds(2)).isFalse();
        }
    }

    @Test
    void hasRoomForAsManyImagesAsTheBoundAllows() throws IOException {
        // Given room for two and a half images
        var room = new AtomicLong(10);
        try (PixelCache cache = PixelCache.open(folder, 10, 4, room)) {

            // When
            for (int image = 0; image < 10; image++) {
                cache.put(image, ByteBuffer.allocate(4));
            }

            // Then
            assertThat(IntStream.range(0, 10).filter(cache::holds)).containsExactly(0, 1);
            assertThat(room).hasValue(2);
        }
    }

    @Test
    void sharesItsRoomWithOthers() throws IOException {
        // Given room for two and a half images
        var room = new AtomicLong(10);
        try (PixelCache cache = PixelCache.open(folder, 10, 4, room);
                PixelCache other = PixelCache.open(folder, 10, 4, room)) {
            cache.put(0, ByteBuffer.allocate(4));
            cache.put(0, ByteBuffer.allocate(4));

            // When
            other.put(1, ByteBuffer.allocate(4));

            // Then an image that came twice took its room once
            assertThat(other.holds(1)).isTrue();
            cache.put(1, ByteBuffer.allocate(4));
            assertThat(cache.holds(1)).isFalse();
            assertThat(room).hasValue(2);
        }
    }

    @Test
    void withoutRoomItKeepsNothing() throws IOException {
        // Given
        try (PixelCache cache = PixelCache.open(folder, 10, 4, new AtomicLong(0))) {

            // When
            cache.put(0, ByteBuffer.allocate(4));

            // Then
            assertThat(cache.holds(0)).isFalse();
        }
    }

    @Test
    void leavesNoFileEvenWhileOpen() throws IOException {
        // When
        try (PixelCache cache = PixelCache.open(folder, 10, 4, new AtomicLong(1_000))) {
            cache.put(0, ByteBuffer.allocate(4));

            // Then
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void refusesAnImageOfAnotherSize() throws IOException {
        // Given
        try (PixelCache cache = PixelCache.open(folder, 10, 4, new AtomicLong(1_000))) {

            // When, Then
            assertThatThrownBy(() -> cache.put(0, ByteBuffer.allocate(5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("5 bytes given, an image has 4");
        }
    }

    @Test
    void closesOnceAndForAll() throws IOException {
        // Given
        PixelCache cache = PixelCache.open(folder, 10, 4, new AtomicLong(1_000));
        cache.put(0, ByteBuffer.allocate(4));
        ByteBuffer view = cache.view(0);
        cache.close();

        // When
        cache.close();

        // Then what is left of it cannot be read, rather than reading memory that is no longer there
        assertThatThrownBy(() -> view.get(0)).isInstanceOf(IllegalStateException.class);
    }
}

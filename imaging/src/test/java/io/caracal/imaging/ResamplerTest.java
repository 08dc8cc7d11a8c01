package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    /// The row 0 0 255 255 0 0 255 0 shrunk to four samples by Pillow's bilinear filter.
    @Test
    void shrinksTheRowOfTheSpecification() {
        // Given
        byte[] row = grey(0, 0, 255, 255, 0, 0, 255, 0);

        // When
        byte[] shrunk = resample(row, 8, 1, axis(Filter.ANTIALIAS, 8, 4), axis(Filter.ANTIALIAS, 1, 1));

        // Then
        assertThat(shrunk).containsExactly(grey(36, 191, 64, 109));
    }

    @Test
    void shrinksAColumnAsARow() {
        // Given
        byte[] column = grey(0, 0, 255, 255, 0, 0, 255, 0);

        // When
        byte[] shrunk = resample(column, 1, 8, axis(Filter.ANTIALIAS, 1, 1), axis(Filter.ANTIALIAS, 8, 4));

        // Then
        assertThat(shrunk).containsExactly(grey(36, 191, 64, 109));
    }

    /// Half-pixel rule: 1 and 2 become 1, 1.25, 1.75, 2 (here times 100).
    @ParameterizedTest
    @CsvSource({"ANTIALIAS", "LINEAR"})
    void enlargesByTheHalfPixelRule(Filter filter) {
        // Given
        byte[] row = grey(100, 200);

        // When
        byte[] enlarged = resample(row, 2, 1, axis(filter, 2, 4), axis(filter, 1, 1));

        // Then
        assertThat(enlarged).containsExactly(grey(100, 125, 175, 200));
    }

    @Test
    void linearLooksAtTwoNeighboursOnly() {
        // Given
        byte[] row = grey(10, 20, 30, 40, 50, 60, 70, 80);

        // When
        byte[] shrunk = resample(row, 8, 1, axis(Filter.LINEAR, 8, 2), axis(Filter.LINEAR, 1, 1));

        // Then: centres at 1.5 and 5.5
        assertThat(shrunk).containsExactly(grey(25, 65));
    }

    @ParameterizedTest
    @CsvSource({"17, 23", "224, 224", "1, 9", "30, 1"})
    void keepsPixelsWhereTheSizeStays(int width, int height) {
        // Given
        byte[] pixels = Drawings.pattern(width, height);

        // When
        byte[] same = resample(
                pixels, width, height, axis(Filter.ANTIALIAS, width, width), axis(Filter.ANTIALIAS, height, height));

        // Then
        assertThat(same).isEqualTo(pixels);
    }

    @Test
    void aWindowHoldsThePixelsOfTheWhole() {
        // Given
        byte[] pixels = Drawings.pattern(90, 70);
        byte[] whole = resample(pixels, 90, 70, axis(Filter.ANTIALIAS, 90, 40), axis(Filter.ANTIALIAS, 70, 35));

        // When
        byte[] window = resample(
                pixels,
                90,
                70,
                new Taps.Axis(Filter.ANTIALIAS, 90, 90, 40, 11, 7),
                new Taps.Axis(Filter.ANTIALIAS, 70, 70, 35, 30, 5));

        // Then
        assertThat(window).isEqualTo(cut(whole, 40, 11, 30, 7, 5));
    }

    @Test
    void readsRowsAtTheirStride() {
        // Given
        byte[] wide = Drawings.pattern(50, 20);
        byte[] narrow = cut(wide, 50, 0, 0, 31, 20);
        var taps = Taps.of(axis(Filter.ANTIALIAS, 31, 9));
        var down = Taps.of(axis(Filter.ANTIALIAS, 20, 8));
        var target = ByteBuffer.allocate(9 * 8 * 3);

        // When
        new Resampler().resample(MemorySegment.ofArray(wide), 150, 31, 20, taps, down, target);

        // Then
        assertThat(target.array())
                .isEqualTo(resample(narrow, 31, 20, axis(Filter.ANTIALIAS, 31, 9), axis(Filter.ANTIALIAS, 20, 8)));
    }

    @Test
    void oneInstanceResizesLargeAndSmallByTurns() {
        // Given
        var resampler = new Resampler();
        byte[] large = Drawings.pattern(300, 200);
        byte[] small = Drawings.pattern(5, 3);
        var expected = ByteBuffer.allocate(7 * 7 * 3);
        resampler.resample(MemorySegment.ofArray(small), 15, 5, 3, taps(5, 7), taps(3, 7), expected);
        resampler.resample(
                MemorySegment.ofArray(large),
                900,
                300,
                200,
                taps(300, 64),
                taps(200, 64),
                ByteBuffer.allocate(64 * 64 * 3));
        var again = ByteBuffer.allocate(7 * 7 * 3);

        // When
        resampler.resample(MemorySegment.ofArray(small), 15, 5, 3, taps(5, 7), taps(3, 7), again);

        // Then
        assertThat(again.array()).isEqualTo(expected.array());
    }

    @Test
    void mirroredTapsMirror() {
        // Given
        byte[] row = grey(0, 50, 100, 150, 200, 250);
        var taps = Taps.of(axis(Filter.ANTIALIAS, 6, 3));
        var target = ByteBuffer.allocate(9);

        // When
        new Resampler().resample(MemorySegment.ofArray(row), 18, 6, 1, taps.mirrored(), taps(1, 1), target);

        // Then
        assertThat(target.array()).containsExactly(grey(214, 125, 36));
    }

    static Taps.Axis axis(Filter filter, int samples, int size) {
        return new Taps.Axis(filter, samples, samples, size, 0, size);
    }

    private static Taps taps(int samples, int size) {
        return Taps.of(axis(Filter.ANTIALIAS, samples, size));
    }

    static byte[] resample(byte[] pixels, int width, int height, Taps.Axis horizontal, Taps.Axis vertical) {
        var target = ByteBuffer.allocate(horizontal.size() * vertical.size() * 3);
        new Resampler()
                .resample(
                        MemorySegment.ofArray(pixels),
                        width * 3L,
                        width,
                        height,
                        Taps.of(horizontal),
                        Taps.of(vertical),
                        target);
        return target.array();
    }

    private static byte[] grey(int... levels) {
        byte[] pixels = new byte[levels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) levels[i / 3];
        }
        return pixels;
    }

    static byte[] cut(byte[] pixels, int imageWidth, int x, int y, int width, int height) {
        byte[] part = new byte[width * height * 3];
        for (int row = 0; row < height; row++) {
            System.arraycopy(pixels, ((y + row) * imageWidth + x) * 3, part, row * width * 3, width * 3);
        }
        return part;
    }
}

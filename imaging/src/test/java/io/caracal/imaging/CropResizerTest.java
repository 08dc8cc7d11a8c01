package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropResizerTest {
    private static final int WIDTH = 90;
    private static final int HEIGHT = 70;
    private static final byte[] PIXELS = Drawings.pattern(WIDTH, HEIGHT);

    @ParameterizedTest
    @CsvSource({"0, 0, 40, 30", "13, 17, 40, 30", "50, 40, 40, 30"})
    void cutsWhatAlreadyHasTheSize(int x, int y, int width, int height) {
        // When
        byte[] cut = resize(new Crop(x, y, width, height), false, 40, 30);

        // Then
        assertThat(cut).isEqualTo(ResamplerTest.cut(PIXELS, WIDTH, x, y, width, height));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 40, 30", "13, 17, 21, 9", "89, 69, 1, 1"})
    void enlargesAsTheLinearFilterWithinOneLevel(int x, int y, int width, int height) {
        // Given
        byte[] cut = ResamplerTest.cut(PIXELS, WIDTH, x, y, width, height);
        byte[] expected = ResamplerTest.resample(
                cut,
                width,
                height,
                ResamplerTest.axis(Filter.LINEAR, width, 64),
                ResamplerTest.axis(Filter.LINEAR, height, 48));

        // When
        byte[] enlarged = resize(new Crop(x, y, width, height), false, 64, 48);

        // Then
        for (int i = 0; i < expected.length; i++) {
            assertThat(enlarged[i] & 0xff).isBetween((expected[i] & 0xff) - 1, (expected[i] & 0xff) + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 90, 70", "5, 7, 80, 9", "3, 0, 11, 70"})
    void shrinksWithAntialias(int x, int y, int width, int height) {
        // Given
        byte[] cut = ResamplerTest.cut(PIXELS, WIDTH, x, y, width, height);
        byte[] expected = ResamplerTest.resample(
                cut,
                width,
                height,
                ResamplerTest.axis(Filter.ANTIALIAS, width, 24),
                ResamplerTest.axis(Filter.ANTIALIAS, height, 20));

        // When
        byte[] shrunk = resize(new Crop(x, y, width, height), false, 24, 20);

        // Then
        assertThat(shrunk).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"64, 48", "24, 20"})
    void mirrorsTheResizedCrop(int targetWidth, int targetHeight) {
        // Given
        var crop = new Crop(7, 9, 60, 40);
        byte[] plain = resize(crop, false, targetWidth, targetHeight);

        // When
        byte[] mirrored = resize(crop, true, targetWidth, targetHeight);

        // Then
        assertThat(mirrored).isEqualTo(mirror(plain, targetWidth));
    }

    @Test
    void readsAndWritesAtTheBuffersPositions() {
        // Given: the image lies behind 11 other bytes
        var source = ByteBuffer.allocateDirect(11 + PIXELS.length)
                .position(11)
                .put(PIXELS)
                .position(11);
        var target = ByteBuffer.allocate(5 + 2 * 64 * 48 * 3).position(5);
        var crop = new Crop(20, 10, 30, 25);
        try (var resizer = new CropResizer(64, 48)) {

            // When
            resizer.resize(source, WIDTH, HEIGHT, crop, false, target);
            resizer.resize(source, WIDTH, HEIGHT, crop, false, target);
        }

        // Then
        assertThat(source.position()).isEqualTo(11);
        assertThat(target.hasRemaining()).isFalse();
        byte[] expected = resize(crop, false, 64, 48);
        assertThat(target.slice(5, expected.length)).isEqualTo(ByteBuffer.wrap(expected));
        assertThat(target.slice(5 + expected.length, expected.length)).isEqualTo(ByteBuffer.wrap(expected));
        assertThat(target.slice(0, 5)).isEqualTo(ByteBuffer.allocate(5));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 10, 10",
        "0, -1, 10, 10",
        "0, 0, 0, 10",
        "0, 0, 10, 0",
        "81, 0, 10, 10",
        "0, 61, 10, 10",
        "2147483647, 0, 10, 10",
        "1, 0, 2147483647, 10"
    })
    void refusesACropOutsideTheImage(int x, int y, int width, int height) {
        // Given
        var crop = new Crop(x, y, width, height);

        // When, then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resize(crop, false, 8, 8))
                .withMessage(crop + " is not inside 90x70");
    }

    @Test
    void refusesBuffersThatDoNotFit() {
        // Given
        var direct = ByteBuffer.allocateDirect(PIXELS.length);
        var crop = new Crop(0, 0, 10, 10);
        try (var resizer = new CropResizer(8, 8)) {

            // When, then
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resizer.resize(
                            ByteBuffer.allocate(PIXELS.length), WIDTH, HEIGHT, crop, false, ByteBuffer.allocate(192)))
                    .withMessage("the source is not a direct buffer");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resizer.resize(
                            direct.slice(1, PIXELS.length - 1), WIDTH, HEIGHT, crop, false, ByteBuffer.allocate(192)))
                    .withMessage("the source holds 18899 bytes, less than 90x70 pixels");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resizer.resize(direct, WIDTH, HEIGHT, crop, false, ByteBuffer.allocate(191)))
                    .withMessage("the target has room for 191 bytes, less than 8x8 pixels");
        }
    }

    @Test
    void closesOnceAndIsThenOfNoUse() {
        // Given
        var resizer = new CropResizer(8, 8);
        resizer.close();

        // When
        resizer.close();

        // Then
        assertThatIllegalStateException()
                .isThrownBy(() -> resizer.resize(
                        ByteBuffer.allocateDirect(3), 1, 1, new Crop(0, 0, 1, 1), false, ByteBuffer.allocate(192)))
                .withMessage("the resizer is closed");
    }

    private static byte[] resize(Crop crop, boolean mirror, int width, int height) {
        var source = ByteBuffer.allocateDirect(PIXELS.length).put(PIXELS).flip();
        var target = ByteBuffer.allocate(width * height * 3);
        try (var resizer = new CropResizer(width, height)) {
            resizer.resize(source, WIDTH, HEIGHT, crop, mirror, target);
        }
        return target.array();
    }

    private static byte[] mirror(byte[] pixels, int width) {
        byte[] mirrored = new byte[pixels.length];
        for (int i = 0; i < pixels.length / 3; i++) {
            int other = i / width * width + width - 1 - i % width;
            System.arraycopy(pixels, other * 3, mirrored, i * 3, 3);
        }
        return mirrored;
    }
}

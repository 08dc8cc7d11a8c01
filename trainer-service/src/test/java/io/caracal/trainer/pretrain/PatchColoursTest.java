package io.caracal.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchColoursTest {

    /// Spec 4.9.
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "1, 1, 1, 511", ".10, .50, .99, 480", ".5, .25, .75, 404"})
    void goldens(double red, double green, double blue, int expected) {
        // When
        int index = PatchColours.index(sum(red), sum(green), sum(blue), 100);

        // Then
        assertThat(index).isEqualTo(expected);
    }

    /// Over 100 pixels.
    private static long sum(double mean) {
        return Math.round(mean * 100 * 255);
    }

    @Test
    void patchesAreCountedRowByRowAndMeasuredByThemselves() {
        // Given two images of 2x2 patches of 2x2 pixels: the second image's last patch is half white, half black
        ByteBuffer pixels = ByteBuffer.allocateDirect(7 + 2 * 4 * 4 * 3);
        pixels.position(7);
        for (int image = 0; image < 2; image++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 4; x++) {
                    int patch = y / 2 * 2 + x / 2;
                    int red = image == 0 ? 85 * patch : 0;
                    int blue = image == 1 && patch == 3 && x == 3 ? 255 : 0;
                    pixels.put((byte) red).put((byte) 0).put((byte) blue);
                }
            }
        }
        pixels.position(7);

        // When
        int[] classes = PatchColours.of(pixels, 2, 4, 2);

        // Then 1/3 is in the third of eight bins, 2/3 in the sixth, 1/2 in the fifth
        assertThat(classes).containsExactly(0, 2, 5, 7, 0, 0, 0, 4 * 64);
        assertThat(pixels.position()).isEqualTo(7);
    }
}

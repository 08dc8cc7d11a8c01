package io.caracal.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.augment.Mixing.Box;
import io.caracal.trainer.models.Augmentations;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 4;
    private static final int BYTES = WIDTH * HEIGHT * 3;

    private static byte[] images(int count) {
        byte[] pixels = new byte[count * BYTES];
        new Random(count).nextBytes(pixels);
        return pixels;
    }

    @ParameterizedTest(name = "share {0}, centre ({1}, {2}) (spec/models.md 4.7)")
    @CsvSource({
        "0.75, 112, 112, 56, 56, 168, 168, 0.75",
        "0.75, 200, 10, 144, 0, 224, 66, 0.8947704082",
        "0.5, 0, 0, 0, 0, 79, 79, 0.8756178253"
    })
    void boxIsCutAtTheBorderAndTheShareFollows(
            double share, int x, int y, int left, int top, int right, int bottom, double outside) {
        // When
        Box box = Box.of(share, x, y, 224, 224);

        // Then
        assertThat(box).isEqualTo(new Box(left, top, right, bottom));
        assertThat((double) box.shareOutside(224, 224)).isCloseTo(outside, within(1e-7));
    }

    @Test
    void someBatchesStayAsTheyAre() {
        // Given
        var mixing = new Mixing(Augmentations.of(Map.of("mixup", 1, "mixing", 0.25)));
        byte[] before = images(6);
        int mixed = 0;
        for (int batch = 0; batch < 400; batch++) {
            byte[] after = before.clone();

            // When
            float share = mixing.apply(ByteBuffer.wrap(after), 6, WIDTH, HEIGHT, new SplittableRandom(batch));

            // Then
            assertThat(share == 1).isEqualTo(Arrays.equals(after, before));
            mixed += share == 1 ? 0 : 1;
        }
        assertThat(mixed).isBetween(70, 130);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 6})
    void mixupIsTheWeightedMeanWithTheMirroredImage(int count) {
        // Given
        byte[] before = images(count);
        byte[] after = before.clone();
        float share = 0.7f;

        // When
        Mixing.blend(ByteBuffer.wrap(after), count, BYTES, share);

        // Then
        for (int image = 0; image < count; image++) {
            for (int i = 0; i < BYTES; i++) {
                double own = before[image * BYTES + i] & 0xff;
                double other = before[(count - 1 - image) * BYTES + i] & 0xff;
                assertThat((double) (after[image * BYTES + i] & 0xff))
                        .isCloseTo(share * own + (1 - share) * other, within(0.5001));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 6})
    void cutmixExchangesTheBoxWithTheMirroredImage(int count) {
        // Given
        byte[] before = images(count);
        byte[] after = before.clone();
        var box = new Box(1, 2, 4, 4);

        // When
        Mixing.swap(ByteBuffer.wrap(after), count, box, WIDTH, HEIGHT);

        // Then
        for (int image = 0; image < count; image++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    boolean inside = x >= 1 && x < 4 && y >= 2;
                    int from = inside ? count - 1 - image : image;
                    for (int c = 0; c < 3; c++) {
                        int at = (y * WIDTH + x) * 3 + c;
                        assertThat(after[image * BYTES + at]).isEqualTo(before[from * BYTES + at]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.8, 1, 4})
    void sharesHaveTheMomentsOfTheirBetaDistribution(double alpha) {
        // Given
        var random = new SplittableRandom(17);
        int draws = 100_000;
        double sum = 0;
        double squares = 0;

        // When
        for (int i = 0; i < draws; i++) {
            double share = Beta.symmetric(alpha, random);
            assertThat(share).isBetween(0.0, 1.0);
            sum += share;
            squares += share * share;
        }

        // Then
        double mean = sum / draws;
        assertThat(mean).isCloseTo(0.5, within(0.005));
        assertThat(squares / draws - mean * mean).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.002));
    }

    @Test
    void withBothHalfOfTheBatchesIsCut() {
        // Given two images, one white and one black: cutmix leaves nothing grey
        var mixing = new Mixing(Augmentations.of(Map.of("mixup", 1, "cutmix", 1)));
        var random = new SplittableRandom(3);
        int cut = 0;

        // When
        for (int batch = 0; batch < 1_000; batch++) {
            byte[] pixels = new byte[2 * 16 * 16 * 3];
            Arrays.fill(pixels, 0, pixels.length / 2, (byte) 255);
            float share = mixing.apply(ByteBuffer.wrap(pixels), 2, 16, 16, random);
            assertThat(share).isBetween(0f, 1f);
            boolean grey = false;
            for (byte value : pixels) {
                grey |= value != 0 && value != (byte) 255;
            }
            cut += grey ? 0 : 1;
        }

        // Then
        assertThat(cut).isBetween(450, 560);
    }
}

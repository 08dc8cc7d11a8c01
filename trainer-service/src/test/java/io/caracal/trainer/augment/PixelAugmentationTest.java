package io.caracal.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.Augmentation;
import io.caracal.trainer.models.Augmentations;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PixelAugmentationTest {
    private static final int SIDE = 32;

    private static byte[] after(Augmentation settings, long seed) {
        Canvas canvas = Canvases.pattern(SIDE, SIDE);
        new PixelAugmentation(settings).apply(canvas, new SplittableRandom(seed));
        return canvas.pixels().clone();
    }

    private static byte[] before() {
        return Canvases.pattern(SIDE, SIDE).pixels();
    }

    @Test
    void withoutSettingsNothingHappens() {
        // When, Then
        assertThat(new PixelAugmentation(Augmentation.DEFAULTS).isOn()).isFalse();
        assertThat(after(Augmentation.DEFAULTS, 1)).isEqualTo(before());
    }

    @Test
    void aSeedDecidesAllOfIt() {
        // Given
        Augmentation all = new Augmentation(0, 0.08, true, 2, 9, 0.5, 0, 0.5, 0, 0, 1, 0, 1);

        // When
        byte[] once = after(all, 5);

        // Then
        assertThat(after(all, 5)).isEqualTo(once);
        assertThat(after(all, 6)).isNotEqualTo(once);
    }

    /// Two operations with probability one half each: a quarter of the images stays as it is, and a few more because an
    /// operation can do nothing.
    @Test
    void randAugmentLeavesAQuarterAlone() {
        // Given
        Augmentation settings = Augmentations.of(Map.of("randAugment", 2));
        int unchanged = 0;

        // When
        for (int seed = 0; seed < 2_000; seed++) {
            unchanged += Arrays.equals(after(settings, seed), before()) ? 1 : 0;
        }

        // Then
        assertThat(unchanged).isBetween(440, 620);
    }

    @Test
    void colourJitterChangesPixels() {
        // When
        byte[] after = after(Augmentations.of(Map.of("colorJitter", 0.4)), 9);

        // Then
        assertThat(after).isNotEqualTo(before());
    }

    /// One channel value in 256 is what it was by chance.
    @Test
    void erasingReplacesOneRectangleOfTwoPercentToAThird() {
        // Given
        Augmentation settings = Augmentations.of(Map.of("randomErasing", 1));
        byte[] before = before();
        for (int seed = 0; seed < 200; seed++) {

            // When
            byte[] after = after(settings, seed);

            // Then
            int left = SIDE;
            int right = -1;
            int top = SIDE;
            int bottom = -1;
            int changed = 0;
            for (int i = 0; i < before.length; i++) {
                if (before[i] != after[i]) {
                    int x = i / 3 % SIDE;
                    int y = i / 3 / SIDE;
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                    changed++;
                }
            }
            int area = (right - left + 1) * (bottom - top + 1);
            assertThat(area / (double) (SIDE * SIDE)).isBetween(0.015, 0.36);
            assertThat(changed / (3.0 * area)).isGreaterThan(0.9);
        }
    }
}

package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.imaging.Crop;
import io.caracal.trainer.data.RandomResizedCrop.Draw;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {

    @Test
    void everyPartIsInsideAndOfAllowedSizeAndShape() {
        // Given
        RandomGenerator random = Seeds.random(1);

        // When
        List<Crop> crops = IntStream.range(0, 10_000)
                .mapToObj(i -> RandomResizedCrop.DEFAULTS.draw(224, 224, random).crop())
                .toList();

        // Then
        assertThat(crops).allSatisfy(crop -> {
            assertThat(crop.x()).isBetween(0, 224 - crop.width());
            assertThat(crop.y()).isBetween(0, 224 - crop.height());
            // Sides are rounded to whole pixels, so the bounds are a little wider than the parameters.
            assertThat((double) crop.width() * crop.height() / (224 * 224)).isBetween(0.075, 1.0);
            assertThat((double) crop.width() / crop.height()).isBetween(0.74, 1.35);
        });
    }

    @Test
    void areaIsUniformAndHalfAreMirrored() {
        // Given
        RandomGenerator random = Seeds.random(2);

        // When
        List<Draw> draws = IntStream.range(0, 10_000)
                .mapToObj(i -> RandomResizedCrop.DEFAULTS.draw(224, 224, random))
                .toList();

        // Then
        double area = draws.stream()
                .mapToDouble(draw -> (double) draw.crop().width() * draw.crop().height() / (224 * 224))
                .average()
                .orElseThrow();
        // A part fits if its share of the area is at most b = exp(-|ln ratio|); drawing again until one fits
        // gives the mean (E[b * b] - 0.08 * 0.08) / 2 / (E[b] - 0.08) = 0.4778.
        assertThat(area).isCloseTo(0.4778, within(0.008));
        assertThat(draws.stream().filter(Draw::flip).count()).isBetween(4_800L, 5_200L);
    }

    @Test
    void partThatNeverFitsBecomesTheCentre() {
        // Given an image so wide that no allowed part has 90 % of its area
        var almostAll = new RandomResizedCrop(0.9, 1.0, 3.0 / 4, 4.0 / 3, true);

        // When
        Draw draw = almostAll.draw(1000, 10, Seeds.random(3));

        // Then height 10, width round(10 * 4/3), centred
        assertThat(draw.crop()).isEqualTo(new Crop(493, 0, 13, 10));
    }

    @Test
    void centreOfATallImage() {
        // When
        Crop crop = RandomResizedCrop.DEFAULTS.centre(30, 100);

        // Then
        assertThat(crop).isEqualTo(new Crop(0, 30, 30, 40));
    }

    @Test
    void withoutFlipsTheCropsAreTheSameAndNoneIsMirrored() {
        // Given
        var flipping = RandomResizedCrop.from(0.3, true);
        var plain = RandomResizedCrop.from(0.3, false);
        int mirrored = 0;
        for (int seed = 0; seed < 100; seed++) {

            // When
            var draw = plain.draw(180, 180, new SplittableRandom(seed));

            // Then
            var other = flipping.draw(180, 180, new SplittableRandom(seed));
            assertThat(draw.crop()).isEqualTo(other.crop());
            assertThat(draw.flip()).isFalse();
            mirrored += other.flip() ? 1 : 0;
        }
        assertThat(mirrored).isBetween(30, 70);
    }
}

package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.imaging.Geometry;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final Overlay.Caption CAPTION = new Overlay.Caption("cat 0.934", "a map", "0", "1");

    /// Grey, 300 by 120.
    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(300, 120, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, 0x808080);
            }
        }
        return picture;
    }

    /// 3 rows of 4, hot in the middle row at the right end.
    private static HeatMap map() {
        double[] values = new double[12];
        values[7] = 5;
        return new HeatMap(3, 4, values);
    }

    /// Of the right half of the sheet, where the map is.
    private static int red(BufferedImage sheet, double x, double y) {
        return sheet.getRGB((int) (308 + 300 * x), (int) (120 * y)) >> 16 & 0xff;
    }

    @Test
    void theMapLiesOverThePictureAsTheModelSawIt() {
        // Given
        Region whole = Region.of(new Geometry.Squash(32, 32), 300, 120);

        // When
        BufferedImage sheet = new Overlay().draw(picture(), map(), whole, CAPTION);

        // Then: hot at the right in the middle, cold at all other ends, the picture itself beside it
        assertThat(red(sheet, .95, .5)).isGreaterThan(190);
        assertThat(red(sheet, .05, .5)).isLessThan(60);
        assertThat(red(sheet, .5, .05)).isLessThan(60);
        assertThat(red(sheet, .5, .95)).isLessThan(60);
        assertThat(red(sheet, .95, .05)).isLessThan(60);
        assertThat(sheet.getRGB(150, 60) & 0xffffff).isEqualTo(0x808080);
    }

    @Test
    void whatTheModelDidNotSeeIsInTheShade() {
        // Given: the model sees the square in the middle, from .3 to .7
        Region middle = Region.of(new Geometry.ShortSideCrop(32, 32, 32), 300, 120);

        // When
        BufferedImage sheet = new Overlay().draw(picture(), map(), middle, CAPTION);

        // Then
        assertThat(red(sheet, .68, .5)).isGreaterThan(190);
        assertThat(red(sheet, .32, .5)).isLessThan(60);
        assertThat(red(sheet, .95, .5)).isEqualTo(red(sheet, .05, .1)).isBetween(40, 50);
    }

    @Test
    void wordsAndScaleAreBelow() {
        // When
        BufferedImage sheet =
                new Overlay().draw(picture(), map(), Region.of(new Geometry.Squash(8, 8), 300, 120), CAPTION);

        // Then
        int dark = 0;
        for (int y = 120; y < sheet.getHeight(); y++) {
            for (int x = 0; x < 150; x++) {
                dark += (sheet.getRGB(x, y) & 0xff) < 100 ? 1 : 0;
            }
        }
        assertThat(dark).as("pixels of letters").isGreaterThan(200);
        assertThat(sheet.getRGB(sheet.getWidth() - 9, 140) & 0xffffff).isEqualTo(0xfcffa4);
    }

    @Test
    void coloursAreSpreadOverTheValuesButNotBelowZero() {
        // Given
        HeatMap flat = new HeatMap(1, 3, new double[] {.9, 1, .95});
        HeatMap signed = new HeatMap(1, 3, new double[] {-4, 0, 2});

        // When
        double[] spread = flat.spread().values();

        // Then
        assertThat(spread).containsExactly(new double[] {0, 1, .5}, within(1e-12));
        assertThat(signed.spread().values()).containsExactly(0, 0, 1);
        assertThat(new HeatMap(1, 2, new double[] {3, 3}).spread().values()).containsExactly(0, 0);
    }

    @Test
    void betweenCellsTheMapIsBilinear() {
        // Given
        HeatMap map = new HeatMap(1, 2, new double[] {0, 1});

        // When
        double middle = map.sample(.5, .5);

        // Then
        assertThat(middle).isEqualTo(.5);
        assertThat(map.sample(.25, 0)).isZero();
        assertThat(map.sample(.375, 1)).isEqualTo(.25);
        assertThat(map.sample(1, 1)).isEqualTo(1);
    }
}

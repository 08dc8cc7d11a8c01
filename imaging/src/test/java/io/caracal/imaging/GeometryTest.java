package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {

    /// torchvision's Resize(256) and CenterCrop(crop) on images of these sizes.
    @ParameterizedTest
    @CsvSource({
        "500, 375, 224, 224, 341, 256, 58, 16", // 58.5 to even
        "375, 500, 224, 224, 256, 341, 16, 58",
        "499, 375, 223, 223, 340, 256, 58, 16", // 58.5 and 16.5 to even
        "497, 375, 221, 220, 339, 256, 59, 18", // 17.5 the other way up would be 18
        "256, 256, 256, 256, 256, 256, 0, 0",
        "10, 10000, 224, 224, 256, 256000, 16, 127888"
    })
    void placesAsTorchvision(
            int width,
            int height,
            int cropWidth,
            int cropHeight,
            int resizedWidth,
            int resizedHeight,
            int left,
            int top) {
        // Given
        var geometry = new Geometry.ShortSideCrop(256, cropWidth, cropHeight);

        // When
        var placement = Placement.of(geometry, width, height);

        // Then
        assertThat(placement).isEqualTo(new Placement(resizedWidth, resizedHeight, left, top));
    }

    @Test
    void squashTakesTheWhole() {
        // When
        var placement = Placement.of(new Geometry.Squash(30, 20), 500, 375);

        // Then
        assertThat(placement).isEqualTo(new Placement(30, 20, 0, 0));
    }

    @Test
    void refusesSidesOutOfRangeAndCropsThatDoNotFit() {
        // When, then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Geometry.Squash(0, 5))
                .withMessage("width is 0, allowed are 1 to 4096 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Geometry.ShortSideCrop(5000, 224, 224))
                .withMessage("short side is 5000, allowed are 1 to 4096 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Geometry.ShortSideCrop(223, 224, 224))
                .withMessage("crop 224x224 does not fit a short side of 223");
    }

    @Test
    void limitsRefuseWhatCannotBe() {
        // When, then
        assertThat(Limits.DEFAULTS).isEqualTo(new Limits(10_485_760, 50_000_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(0, 1))
                .withMessage("max-bytes is 0, allowed is 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1, 0))
                .withMessage("max-pixels is 0, allowed is 1 or more");
    }

    @Test
    void preprocessingDefaultsToDctScalingAndStoredOrientation() {
        // When
        var squash = Preprocessing.squash(224, 224, Filter.ANTIALIAS);
        var crop = Preprocessing.shortSideCrop(256, 224, 200, Filter.LINEAR);

        // Then
        assertThat(squash).isEqualTo(new Preprocessing(new Geometry.Squash(224, 224), Filter.ANTIALIAS, true, false));
        assertThat(crop)
                .isEqualTo(new Preprocessing(new Geometry.ShortSideCrop(256, 224, 200), Filter.LINEAR, true, false));
        assertThat(crop.pixelBytes()).isEqualTo(224 * 200 * 3);
    }
}

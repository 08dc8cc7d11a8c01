package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

    @Test
    void valuesAreSetByName() {
        // When
        Augmentation deit = Augmentations.of(Map.of(
                "minScale",
                0.25,
                "randAugment",
                2,
                "magnitude",
                7,
                "magnitudeStd",
                0.25,
                "colorJitter",
                0.3,
                "randomErasing",
                0.25,
                "mixup",
                0.8,
                "cutmix",
                1,
                "repeats",
                3));

        // Then
        assertThat(deit).isEqualTo(new Augmentation(0.25, 2, 7, 0.25, 0.3, 0.25, 0.8, 1, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minScale | 0 | augmentation.minScale is 0.0, allowed is more than 0, at most 1",
                "minScale | NaN | augmentation.minScale is NaN, allowed is a number",
                "randAugment | -1 | augmentation.randAugment is -1, allowed is 0 to 15",
                "randAugment | 1.5 | augmentation.randAugment is 1.5, allowed is a whole number",
                "magnitude | 11 | augmentation.magnitude is 11.0, allowed is 0 to 10",
                "magnitudeStd | -1 | augmentation.magnitudeStd is -1.0, allowed is 0 to 10",
                "colorJitter | 1.1 | augmentation.colorJitter is 1.1, allowed is 0 to 1",
                "randomErasing | much | augmentation.randomErasing is much, allowed is a number",
                "mixup | -0.1 | augmentation.mixup is -0.1, allowed is 0 to 100",
                "cutmix | Infinity | augmentation.cutmix is Infinity, allowed is a number",
                "repeats | 0 | augmentation.repeats is 0, allowed is 1 to 16"
            })
    void valuesThatAreNotAllowedAreOneLine(String name, String value, String message) {
        // When, Then
        assertThatThrownBy(() -> Augmentations.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void unknownNamesAreOneLine() {
        // When, Then
        assertThatThrownBy(() -> Augmentations.of(Map.of("mixUp", 1)))
                .hasMessageStartingWith(
                        "augmentation.mixUp is not a setting, allowed is one of augmentation.minScale, ");
    }
}

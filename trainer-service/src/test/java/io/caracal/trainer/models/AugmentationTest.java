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
                "randomErasing",
                0.25,
                "mixup",
                0.8,
                "cutmix",
                1,
                "mixingOffEpochs",
                0,
                "repeats",
                3));

        // Then
        assertThat(deit).isEqualTo(new Augmentation(0, 0.25, true, 2, 7, 0.25, 0, 0.25, 0.8, 1, 1, 0, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sourceSize | 15 | augmentation.sourceSize is 15, allowed is 0 (the model's own size) or 16 to 1024 pixels",
                "sourceSize | 1025 | augmentation.sourceSize is 1025, allowed is 0 (the model's own size) or 16 to 1024"
                        + " pixels",
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
                "flip | 1 | augmentation.flip is 1, allowed is true or false",
                "mixing | 0 | augmentation.mixing is 0.0, allowed is more than 0, at most 1",
                "mixing | 0.5 | augmentation.mixing is 0.5, allowed is 1.0: it has no effect without"
                        + " augmentation.mixup and augmentation.cutmix",
                "mixingOffEpochs | -1 | augmentation.mixingOffEpochs is -1, allowed is 0 or more",
                "mixingOffEpochs | 1 | augmentation.mixingOffEpochs is 1, allowed is 0: it has no effect without"
                        + " augmentation.mixup and augmentation.cutmix",
                "magnitude | 7 | augmentation.magnitude is 7.0, allowed is 9.0: it has no effect without"
                        + " augmentation.randAugment",
                "magnitudeStd | 0 | augmentation.magnitudeStd is 0.0, allowed is 0.5: it has no effect without"
                        + " augmentation.randAugment",
                "repeats | 0 | augmentation.repeats is 0, allowed is 1 to 16"
            })
    void valuesThatAreNotAllowedAreOneLine(String name, String value, String message) {
        // When, Then
        assertThatThrownBy(() -> Augmentations.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void colourJitterHasNoEffectBesideRandAugment() {
        // When, Then
        assertThatThrownBy(() -> Augmentations.of(Map.of("randAugment", 2, "colorJitter", 0.4)))
                .hasMessage("augmentation.colorJitter is 0.4, allowed is 0.0: it has no effect beside"
                        + " augmentation.randAugment");
    }

    @Test
    void cropsAreNotCutFromSmallerPicturesThanTheModelGets() {
        // Given
        Architecture architecture = new Presets().named("small-resnet");
        Recipe recipe = architecture.recipe().with("augmentation.sourceSize", 127);

        // When, Then
        assertThatThrownBy(() -> Purpose.LABELS.check(recipe, architecture))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("augmentation.sourceSize is 127, allowed is 0 or at least the 128 pixels of small-resnet");
    }

    @Test
    void mixingIsOnInSomeEpoch() {
        // Given
        Recipe recipe = new Recipe("none", 5, 1, 1, 0).with("augmentation.mixup", 1);

        // When
        int mixed = recipe.with("augmentation.mixingOffEpochs", 2).mixedEpochs();

        // Then
        assertThat(mixed).isEqualTo(3);
        assertThatThrownBy(() -> recipe.with("augmentation.mixingOffEpochs", 5))
                .hasMessage("augmentation.mixingOffEpochs is 5, allowed is less than the 5 epochs");
    }

    @Test
    void unknownNamesAreOneLine() {
        // When, Then
        assertThatThrownBy(() -> Augmentations.of(Map.of("mixUp", 1)))
                .hasMessageStartingWith(
                        "augmentation.mixUp is not a setting (did you mean augmentation.mixup?), allowed is one of ");
    }
}

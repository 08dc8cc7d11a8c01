package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedRecipesTest {

    /// Spec 2.6, 2.8, 2.11; rates times the batch over the published one.
    @ParameterizedTest
    @CsvSource({
        "vit-b-16,     300, 6.25e-5,   adamw, 0.05,    cosine, 5,  0.02,  0.1, 2, 0.8, 3",
        "r50-vit-b-16, 300, 6.25e-5,   adamw, 0.05,    cosine, 5,  0.02,  0.1, 2, 0.8, 3",
        "tnt-s-16,     300, 6.25e-5,   adamw, 0.05,    cosine, 5,  0.01,  0.1, 2, 0.8, 3",
        "cct-7-3x1,    300, 2.75e-4,   adamw, 0.06,    cosine, 10, 0.018, 0.1, 2, 0.8, 1",
        "sl-vit-64-8,  100, 5e-4,      adamw, 0.05,    cosine, 10, 0,     0.1, 2, 1,   3",
        "resnet-18,    90,  0.025,     sgd,   1e-4,    step,   0,  0,     0,   0, 0,   1",
        "resnet-50,    90,  0.0125,    sgd,   1e-4,    step,   0,  0,     0,   0, 0,   1",
        "bit-r50x1,    90,  0.0125,    sgd,   1.25e-5, cosine, 3,  0,     0,   0, 0,   1",
        "small-resnet, 52,  2e-3,      adamw, 0.05,    cosine, 2,  0,     0.1, 0, 0,   1"
    })
    void presetsBringThem(
            String preset,
            int epochs,
            float rate,
            String rule,
            float decay,
            String shape,
            float warmUp,
            float floor,
            float smoothing,
            int randAugment,
            double mixup,
            int repeats) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Recipe recipe = architecture.recipe();

        // Then
        assertThat(recipe.preset()).isEqualTo(preset);
        assertThat(recipe.epochs()).isEqualTo(epochs);
        assertThat(recipe.learningRate()).isEqualTo(rate);
        assertThat(RecipeSettings.of(recipe))
                .containsEntry("optimizer.rule", rule)
                .containsEntry("schedule.shape", shape);
        assertThat(recipe.optimizer().weightDecay()).isEqualTo(decay);
        assertThat(recipe.schedule().warmUpEpochs()).isEqualTo(warmUp);
        assertThat(recipe.schedule().floor()).isEqualTo(floor);
        assertThat(recipe.labelSmoothing()).isEqualTo(smoothing);
        assertThat(recipe.augmentation().randAugment()).isEqualTo(randAugment);
        assertThat(recipe.augmentation().mixup()).isEqualTo(mixup);
        assertThat(recipe.augmentation().repeats()).isEqualTo(repeats);
    }

    @Test
    void preTrainingHasARecipeOfItsOwn() {
        // Given
        Architecture architecture = new Presets().named("vit-ti-16");

        // When
        Recipe recipe = Purpose.MASKED_PATCHES.recipe(architecture);

        // Then: no setting of it is one that pre-training does not have
        Purpose.MASKED_PATCHES.check(recipe, architecture);
        assertThat(recipe.learningRate()).isEqualTo(2e-4f);
        assertThat(recipe.schedule().shape()).isEqualTo(Schedule.Shape.COSINE);
    }

    @Test
    void everyPresetCanBeShortenedToOneEpoch() {
        // Given
        Presets presets = new Presets();

        // When
        List<Recipe> shortened = presets.names().stream()
                .map(name -> presets.named(name).recipe().with("epochs", 1))
                .toList();

        // Then: the warm-up keeps its share
        assertThat(shortened)
                .allSatisfy(
                        recipe -> assertThat(recipe.schedule().warmUpEpochs()).isLessThan(0.2f));
    }

    @Test
    void withoutMixingNoShareOfTheBatchesIsMixed() {
        // Given
        Recipe recipe = PublishedRecipes.smallData("sl-vit-32-4");

        // When
        Recipe changed = RecipeSettings.changed(
                recipe, Map.of("augmentation.mixup", 0, "augmentation.cutmix", 0, "augmentation.mixingOffEpochs", 0));

        // Then
        assertThat(recipe.augmentation().mixing()).isEqualTo(0.5);
        assertThat(changed.augmentation().mixing()).isEqualTo(1);
    }

    @Test
    void aWarmUpThatIsGivenStays() {
        // Given
        Recipe recipe = PublishedRecipes.deit("vit-ti-16");

        // When
        Recipe changed = RecipeSettings.changed(recipe, Map.of("epochs", 30, "schedule.warmUpEpochs", 4));

        // Then
        assertThat(changed.schedule().warmUpEpochs()).isEqualTo(4);
    }

    @Test
    void randAugmentTakesThePlaceOfColourJitterThatNobodyAskedFor() {
        // Given
        Recipe recipe = new Presets().named("small-resnet").recipe();

        // When
        Recipe changed = recipe.with("augmentation.randAugment", 2);

        // Then
        assertThat(recipe.augmentation().colorJitter()).isEqualTo(0.2);
        assertThat(changed.augmentation().colorJitter()).isZero();
    }

    @Test
    void aFloorGoesWithItsCosine() {
        // Given
        Recipe recipe = PublishedRecipes.deit("vit-ti-16");

        // When
        Recipe changed = recipe.with("schedule.shape", "constant");

        // Then
        assertThat(changed.schedule().floor()).isZero();
    }

    /// Hassani et al. mix for 175 of 300 epochs.
    @Test
    void epochsWithoutMixingKeepTheirShare() {
        // Given
        Recipe recipe = new Presets().named("cct-7-3x1").recipe();

        // When
        int shorter = recipe.with("epochs", 30).augmentation().mixingOffEpochs();
        int unmixed = recipe.with("augmentation", Map.of("mixup", 0, "cutmix", 0))
                .augmentation()
                .mixingOffEpochs();

        // Then
        assertThat(recipe.mixedEpochs()).isEqualTo(175);
        assertThat(shorter).isEqualTo(12);
        assertThat(unmixed).isZero();
    }
}

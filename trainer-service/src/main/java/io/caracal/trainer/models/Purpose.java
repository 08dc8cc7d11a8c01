package io.caracal.trainer.models;

import java.util.List;
import java.util.Map;

/// What a recipe is for, which decides which of its settings have an effect. One that has none is refused unless it
/// has its default.
public enum Purpose {
    /// Training for the labels of images.
    LABELS("training"),
    /// Pre-training without labels: masked patch prediction.
    MASKED_PATCHES("pre-training");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    /// What an architecture's settings are before anybody changes them.
    public Recipe recipe(Architecture architecture) {
        return switch (this) {
            case LABELS -> architecture.recipe();
            case MASKED_PATCHES -> PublishedRecipes.masked(architecture.name());
        };
    }

    /// Beginnings of the keys that have no effect.
    private List<String> without() {
        return switch (this) {
            case LABELS -> List.of("masked.");
            case MASKED_PATCHES ->
                List.of("adapt.", "start.", "export.", "evalLegacy", "augmentation.mixup", "augmentation.cutmix");
        };
    }

    /// @throws IllegalArgumentException in one line, if recipe and architecture do not suit the purpose
    public void check(Recipe recipe, Architecture architecture) {
        Map<String, String> defaults = RecipeSettings.of(new Recipe(recipe.preset(), 1, 1, 1, 0));
        RecipeSettings.of(recipe).forEach((key, value) -> {
            if (without().stream().anyMatch(key::startsWith)) {
                String allowed = defaults.get(key) + ": it has no effect in " + label;
                Allowed.that(value.equals(defaults.get(key)), key, value, allowed);
            }
        });
        recipe.augmentation().check(architecture);
        switch (this) {
            case LABELS -> {
                recipe.adapt().check(architecture);
                recipe.export().check(architecture);
            }
            case MASKED_PATCHES -> MaskedPatches.check(architecture);
        }
    }
}

package io.caracal.trainer.models;

import java.util.Map;

/// Augmentation as a recipe sets it.
public final class Augmentations {
    private Augmentations() {}

    /// The default with other settings.
    public static Augmentation of(Map<String, ?> settings) {
        return new Recipe("none", 1, 1, 1, 0).with("augmentation", settings).augmentation();
    }
}

package io.caracal.trainer.models;

import java.util.Map;

/// The recipes that families of models were published with. Rates are scaled in a line with the batch (Goyal et al.
/// 2017), from the published one to one that a workstation holds. What a recipe says of the architecture itself,
/// stochastic depth, is an option of the preset.
final class PublishedRecipes {
    private static final Map<String, Object> RAND_AUGMENT =
            Map.of("randAugment", 2, "mixup", 0.8, "cutmix", 1, "randomErasing", 0.25);

    private PublishedRecipes() {}

    /// DeiT's (Touvron et al. 2021, table 9; spec 2.11c), without its average over 17,000 steps, which thousands of
    /// images do not make.
    static Recipe deit(String preset) {
        return transformer(preset, 300, 5e-4f * 64 / 512, 5)
                .with("schedule.floor", 0.02)
                .with("augmentation", RAND_AUGMENT)
                .with("augmentation.repeats", 3);
    }

    /// TNT's (Han et al. 2021; spec 2.8).
    static Recipe transformerInTransformer(String preset) {
        return transformer(preset, 300, 1e-3f * 64 / 1024, 5)
                .with("schedule.floor", 0.01)
                .with("augmentation", RAND_AUGMENT)
                .with("augmentation.repeats", 3);
    }

    /// CCT's on CIFAR-10 (Hassani et al. 2021; spec 2.11a).
    static Recipe compact(String preset) {
        return transformer(preset, 300, 5.5e-4f * 64 / 128, 10)
                .with("schedule.floor", 0.018)
                .with("optimizer.weightDecay", 0.06)
                .with(
                        "augmentation",
                        Map.of("minScale", 0.8, "randAugment", 2, "mixup", 0.8, "cutmix", 1, "mixingOffEpochs", 125));
    }

    /// That of Lee et al. 2021 ("Vision Transformer for Small-Size Datasets"; spec 2.11b), RandAugment in AutoAugment's
    /// place.
    static Recipe smallData(String preset) {
        return transformer(preset, 100, 1e-3f * 64 / 128, 10)
                .with("augmentation", RAND_AUGMENT)
                .with("augmentation.mixup", 1)
                .with("augmentation.mixing", 0.5)
                .with("augmentation.repeats", 3);
    }

    /// torchvision's first (He et al. 2016, section 3.4; spec 2.6): the rate falls to a tenth every 30 epochs.
    static Recipe residual(String preset, int batchSize) {
        return new Recipe(preset, 90, batchSize, 0.1f * batchSize / 256, 0)
                .with("optimizer", Map.of("rule", "sgd", "weightDecay", 1e-4))
                .with("schedule.shape", "step");
    }

    /// Big Transfer's from scratch (Kolesnikov et al. 2020; spec 2.6).
    static Recipe bigTransfer(String preset, int batchSize) {
        return new Recipe(preset, 90, batchSize, 0.1f * batchSize / 256, 0)
                .with("optimizer", Map.of("rule", "sgd", "weightDecay", 1e-4 * batchSize / 256, "clipNorm", 1))
                .with("schedule", Map.of("shape", "cosine", "warmUpEpochs", 3));
    }

    /// Masked patch prediction of the ViT paper (appendix B.1.2; spec 2.10).
    static Recipe masked(String preset) {
        return new Recipe(preset, 100, 64, 2e-4f, 0).with("schedule", Map.of("shape", "cosine", "warmUpEpochs", 5));
    }

    private static Recipe transformer(String preset, int epochs, float learningRate, int warmUpEpochs) {
        return new Recipe(preset, epochs, 64, learningRate, 0)
                .with("optimizer", Map.of("rule", "adamw", "weightDecay", 0.05))
                .with("schedule", Map.of("shape", "cosine", "warmUpEpochs", warmUpEpochs))
                .with("labelSmoothing", 0.1);
    }
}

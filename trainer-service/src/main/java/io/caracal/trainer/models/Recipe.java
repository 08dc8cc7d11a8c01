package io.caracal.trainer.models;

/// How a model is trained: Adam with a constant learning rate on the cross-entropy, as in the recipes of spec 2.1
/// and 2.2. Presets bring their own; change single values with the `with` methods.
///
/// @param preset name of the architecture
/// @param seed decides initial weights, dropout, order and augmentation
/// @param augmentation what training does to its images
/// @param evalLegacy whether each epoch also reports its validation as the published curves were measured
public record Recipe(
        String preset,
        int epochs,
        int batchSize,
        float learningRate,
        long seed,
        Augmentation augmentation,
        boolean evalLegacy) {

    /// With a random resized crop and a flip, and one honest validation figure per epoch.
    public Recipe(String preset, int epochs, int batchSize, float learningRate, long seed) {
        this(preset, epochs, batchSize, learningRate, seed, Augmentation.DEFAULTS, false);
    }

    public Recipe {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is " + epochs + ", allowed is 1 or more");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size is " + batchSize + ", allowed is 1 or more");
        }
        if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learning rate is " + learningRate + ", allowed is more than 0");
        }
    }

    public Recipe withEpochs(int epochs) {
        return new Recipe(preset, epochs, batchSize, learningRate, seed, augmentation, evalLegacy);
    }

    public Recipe withBatchSize(int batchSize) {
        return new Recipe(preset, epochs, batchSize, learningRate, seed, augmentation, evalLegacy);
    }

    public Recipe withLearningRate(float learningRate) {
        return new Recipe(preset, epochs, batchSize, learningRate, seed, augmentation, evalLegacy);
    }

    public Recipe withSeed(long seed) {
        return new Recipe(preset, epochs, batchSize, learningRate, seed, augmentation, evalLegacy);
    }

    public Recipe withEvalLegacy(boolean evalLegacy) {
        return new Recipe(preset, epochs, batchSize, learningRate, seed, augmentation, evalLegacy);
    }

    public Recipe withAugmentation(Augmentation augmentation) {
        return new Recipe(preset, epochs, batchSize, learningRate, seed, augmentation, evalLegacy);
    }
}

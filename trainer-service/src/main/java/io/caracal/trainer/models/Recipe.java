package io.caracal.trainer.models;

import java.util.Map;

/// How a model is trained. Presets bring their own; a file, the command line or a request change it by the names of
/// these components: `epochs`, `optimizer.weightDecay`.
///
/// @param preset name of the architecture
/// @param batchSize images per batch; see [OptimizerSettings#accumulate]
/// @param learningRate before the schedule
/// @param seed decides initial weights, dropout, order and augmentation
/// @param augmentation what training does to its images
/// @param labelSmoothing share of the target that is spread evenly over all classes (Szegedy et al. 2016, section 7)
/// @param patience epochs without a higher validation accuracy after which training stops; 0 for never
/// @param evalLegacy whether each epoch also reports its validation as the published curves were measured
/// @param adapt which weights learn, and how fast
/// @param start weights of others to begin with
/// @param export what the model's file has beside the scores
/// @param masked what pre-training hides
public record Recipe(
        String preset,
        int epochs,
        int batchSize,
        float learningRate,
        long seed,
        Augmentation augmentation,
        OptimizerSettings optimizer,
        Schedule schedule,
        float labelSmoothing,
        int patience,
        boolean evalLegacy,
        Adaptation adapt,
        Start start,
        Export export,
        Masking masked) {

    /// As in spec 2.1 and 2.2: Adam with a constant learning rate on the cross-entropy.
    public Recipe(String preset, int epochs, int batchSize, float learningRate, long seed) {
        this(
                preset,
                epochs,
                batchSize,
                learningRate,
                seed,
                Augmentation.DEFAULTS,
                OptimizerSettings.DEFAULTS,
                Schedule.CONSTANT,
                0,
                0,
                false,
                Adaptation.NONE,
                Start.FRESH,
                Export.PLAIN,
                Masking.PAPER);
    }

    public Recipe {
        Allowed.that(epochs >= 1 && epochs <= 10_000, "epochs", epochs, "1 to 10000");
        Allowed.that(batchSize >= 1 && batchSize <= 4_096, "batchSize", batchSize, "1 to 4096");
        Allowed.that(learningRate > 0 && Float.isFinite(learningRate), "learningRate", learningRate, "more than 0");
        Allowed.share("labelSmoothing", labelSmoothing);
        Allowed.that(patience >= 0, "patience", patience, "0 for never, or more");
        Allowed.that(
                schedule.warmUpEpochs() < epochs,
                "schedule.warmUpEpochs",
                schedule.warmUpEpochs(),
                "less than the " + epochs + " epochs");
        Allowed.that(
                augmentation.mixingOffEpochs() < epochs,
                "augmentation.mixingOffEpochs",
                augmentation.mixingOffEpochs(),
                "less than the " + epochs + " epochs");
    }

    /// The first epochs, as many as mixup and cutmix are on in.
    public int mixedEpochs() {
        return epochs - augmentation.mixingOffEpochs();
    }

    /// The same with another setting.
    ///
    /// @param key as in [RecipeSettings]: `epochs`, `optimizer.rule`, or a group, `optimizer`
    /// @param value a number, a text, or for a group its record or those of its settings that change
    /// @throws IllegalArgumentException in one line, if there is no such key or the value is not allowed
    public Recipe with(String key, Object value) {
        return RecipeSettings.changed(this, Map.of(key, value));
    }
}

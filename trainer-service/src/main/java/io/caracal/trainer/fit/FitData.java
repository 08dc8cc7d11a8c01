package io.caracal.trainer.fit;

import java.util.Map;

/// The images of a run, each source for its purpose.
///
/// @param training augmented, each epoch in another order
/// @param trainingAsServed the same images without augmentation, in random order
/// @param validation without augmentation
/// @param validationAugmented augmented like the training images; looked at for
///     [Recipe#evalLegacy][io.caracal.trainer.models.Recipe#evalLegacy] alone
/// @param identity what tells these images from others, by name; a run only goes on with the same
public record FitData(
        BatchSource training,
        BatchSource trainingAsServed,
        BatchSource validation,
        BatchSource validationAugmented,
        Map<String, String> identity) {
    public FitData {
        identity = Map.copyOf(identity);
    }

    /// Images that are told from others by their number alone.
    public FitData(
            BatchSource training,
            BatchSource trainingAsServed,
            BatchSource validation,
            BatchSource validationAugmented) {
        this(training, trainingAsServed, validation, validationAugmented, Map.of());
    }
}

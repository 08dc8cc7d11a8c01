package io.caracal.trainer.fit;

/// The images of a run, each source for its purpose.
///
/// @param training augmented, each epoch in another order
/// @param trainingAsServed the same images without augmentation, in random order
/// @param validation without augmentation
/// @param validationAugmented augmented like the training images; looked at for
///     [Recipe#evalLegacy][io.caracal.trainer.models.Recipe#evalLegacy] alone
public record FitData(
        BatchSource training, BatchSource trainingAsServed, BatchSource validation, BatchSource validationAugmented) {}

package io.caracal.trainer.fit;

import java.util.Optional;

/// What an epoch came to.
///
/// @param epoch from 1
/// @param training in training mode, on augmented images, over the epoch in which the weights changed
/// @param validation in evaluation mode, after the epoch, with running statistics of images as they are served: the
///     figure of the model that would be exported
/// @param legacy if the recipe wants it: in training mode on augmented images, the batches' figures averaged without
///     regard to their sizes, as the published curves of spec 2.1 and 2.2 were measured
/// @param imagesPerSecond of training, loading included
/// @param stepImagesPerSecond of training, the time spent waiting for batches left out
public record EpochResult(
        int epoch,
        int epochs,
        Evaluation training,
        Evaluation validation,
        Optional<Evaluation> legacy,
        double imagesPerSecond,
        double stepImagesPerSecond) {

    /// Whether this is the one to keep; of two equal ones the later is.
    boolean betterThan(EpochResult earlier) {
        return validation.accuracy() >= earlier.validation.accuracy();
    }
}

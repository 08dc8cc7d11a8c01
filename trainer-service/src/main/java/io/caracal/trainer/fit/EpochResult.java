package io.caracal.trainer.fit;

/// What an epoch came to.
///
/// @param epoch from 1
/// @param training in training mode, on augmented images, over the epoch in which the weights changed
/// @param validation in evaluation mode, after the epoch
/// @param imagesPerSecond of training, loading included
/// @param stepImagesPerSecond of training, the time spent waiting for batches left out
public record EpochResult(
        int epoch,
        int epochs,
        Evaluation training,
        Evaluation validation,
        double imagesPerSecond,
        double stepImagesPerSecond) {}

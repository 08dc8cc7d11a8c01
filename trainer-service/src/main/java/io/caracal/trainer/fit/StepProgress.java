package io.caracal.trainer.fit;

/// Where a run stands after a step.
///
/// @param epoch from 1
/// @param step steps done in this epoch
/// @param loss mean training loss of this epoch so far
/// @param accuracy training accuracy of this epoch so far, [0, 1]
/// @param imagesPerSecond of this epoch so far, loading included
/// @param stepImagesPerSecond of this epoch so far, the time spent waiting for batches left out
/// @param secondsLeft of all epochs, if the run goes on at the pace of this process so far, validation included
public record StepProgress(
        int epoch,
        int epochs,
        int step,
        int steps,
        double loss,
        double accuracy,
        double imagesPerSecond,
        double stepImagesPerSecond,
        double secondsLeft) {}

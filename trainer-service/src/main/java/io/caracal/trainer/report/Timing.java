package io.caracal.trainer.report;

import io.caracal.trainer.fit.EpochResult;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/// Where the time of a run went.
///
/// @param seconds of the whole run
/// @param stepSeconds of forward and backward passes and weight updates, all epochs together
/// @param loadingSeconds in which training waited for batches
/// @param otherSeconds the rest: opening the data, validation, checkpoints, export, parity gate, test
/// @param peakMemoryBytes of the process, Java heap and native memory; of a process with several runs, of all of them
public record Timing(
        double seconds, double stepSeconds, double loadingSeconds, double otherSeconds, OptionalLong peakMemoryBytes) {

    /// @param seconds of this process; epochs of an earlier one, which a checkpoint brought, may take more together
    static Timing of(List<EpochResult> epochs, double seconds, OptionalLong peakMemoryBytes) {
        double training = sum(epochs, EpochResult::imagesPerSecond);
        double steps = sum(epochs, EpochResult::stepImagesPerSecond);
        return new Timing(
                seconds, steps, Math.max(0, training - steps), Math.max(0, seconds - training), peakMemoryBytes);
    }

    private static double sum(List<EpochResult> epochs, ToDoubleFunction<EpochResult> rate) {
        return epochs.stream().mapToDouble(epoch -> seconds(epoch, rate)).sum();
    }

    /// That an epoch took at a rate; 0 if there is none.
    static double seconds(EpochResult epoch, ToDoubleFunction<EpochResult> rate) {
        double perSecond = rate.applyAsDouble(epoch);
        return perSecond > 0 ? epoch.training().images() / perSecond : 0;
    }
}

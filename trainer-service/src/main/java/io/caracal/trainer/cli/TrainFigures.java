package io.caracal.trainer.cli;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.ImageSet;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Evaluation;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.release.Parity;
import io.caracal.trainer.runs.RunOutcome;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.runs.SplitSizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The figures of a run, as `--json` writes them.
///
/// @param model the file that was written
/// @param bestEpoch the one that the model is of
/// @param validation its figure
/// @param seconds of the whole run
/// @param imagesPerSecond of training, loading included, mean over the epochs
/// @param stepImagesPerSecond of training without the time spent waiting for batches, mean over the epochs
record TrainFigures(
        String model,
        Recipe recipe,
        SplitSizes split,
        List<EpochResult> epochs,
        int bestEpoch,
        Evaluation validation,
        double imagesPerSecond,
        double stepImagesPerSecond,
        ModelEvaluation test,
        Parity parity,
        double seconds,
        List<ImageSet.Skipped> skipped,
        ModelCard card) {

    static TrainFigures of(RunPlan plan, RunOutcome.Finished finished, Path model, Duration took) {
        return new TrainFigures(
                model.toString(),
                plan.recipe(),
                finished.sizes(),
                finished.epochs(),
                finished.best().epoch(),
                finished.validation(),
                mean(finished.epochs(), EpochResult::imagesPerSecond),
                mean(finished.epochs(), EpochResult::stepImagesPerSecond),
                ModelEvaluation.of(finished.model().test()),
                finished.model().parity(),
                took.toMillis() / 1e3,
                finished.skipped(),
                finished.model().card());
    }

    private static double mean(List<EpochResult> epochs, ToDoubleFunction<EpochResult> rate) {
        // Each epoch has the same images, so the rates' mean is the harmonic one.
        return epochs.size()
                / epochs.stream()
                        .mapToDouble(epoch -> 1 / rate.applyAsDouble(epoch))
                        .sum();
    }
}

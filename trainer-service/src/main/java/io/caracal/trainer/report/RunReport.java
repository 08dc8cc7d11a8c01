package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.Split;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Evaluation;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.release.CheckedModel;
import io.caracal.trainer.release.Parity;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Everything that is known of a run that finished: what its JSON holds and what its page shows.
///
/// @param model the file that was written; empty as long as none is
/// @param learningRates of the last step of each epoch
/// @param bestEpoch the one that the model is of
/// @param validation its figure
/// @param imagesPerSecond of training, loading included, mean over the epochs
/// @param stepImagesPerSecond of training without the time spent waiting for batches, mean over the epochs
/// @param mistakes the worst ones
/// @param seconds of the whole run
/// @param skipped images that were not used, each with the reason
public record RunReport(
        String model,
        Recipe recipe,
        SplitSizes split,
        List<EpochResult> epochs,
        List<Double> learningRates,
        int bestEpoch,
        Evaluation validation,
        double imagesPerSecond,
        double stepImagesPerSecond,
        ModelCost cost,
        TestFigures test,
        List<Mistake> mistakes,
        Parity parity,
        double seconds,
        Timing timing,
        List<ImageSet.Skipped> skipped,
        Machine machine,
        ModelCard card) {
    public RunReport {
        epochs = List.copyOf(epochs);
        learningRates = List.copyOf(learningRates);
        mistakes = List.copyOf(mistakes);
        skipped = List.copyOf(skipped);
    }

    /// @param seconds of the run up to now
    public static RunReport of(
            Recipe recipe,
            Architecture architecture,
            Split split,
            List<EpochResult> epochs,
            EpochResult best,
            CheckedModel model,
            List<Mistake> mistakes,
            List<ImageSet.Skipped> skipped,
            Machine machine,
            double seconds) {
        return new RunReport(
                "",
                recipe,
                SplitSizes.of(split),
                epochs,
                LearningRates.of(recipe, split.train().size(), epochs.size()),
                best.epoch(),
                best.validation(),
                mean(epochs, EpochResult::imagesPerSecond),
                mean(epochs, EpochResult::stepImagesPerSecond),
                ModelCost.of(architecture, model.card().labels().size()),
                TestFigures.of(model.test(), model.scored()),
                mistakes,
                model.parity(),
                seconds,
                Timing.of(epochs, seconds, PeakMemory.ofThisProcess()),
                skipped,
                machine,
                model.card());
    }

    /// The same, of a model that was written.
    public RunReport writtenTo(String file) {
        return new RunReport(
                file,
                recipe,
                split,
                epochs,
                learningRates,
                bestEpoch,
                validation,
                imagesPerSecond,
                stepImagesPerSecond,
                cost,
                test,
                mistakes,
                parity,
                seconds,
                timing,
                skipped,
                machine,
                card);
    }

    private static double mean(List<EpochResult> epochs, ToDoubleFunction<EpochResult> rate) {
        // Each epoch has the same images, so the rates' mean is the harmonic one. An epoch that was resumed at its end
        // has none.
        double[] rates =
                epochs.stream().mapToDouble(rate).filter(images -> images > 0).toArray();
        return rates.length == 0
                ? 0
                : rates.length / Arrays.stream(rates).map(images -> 1 / images).sum();
    }
}

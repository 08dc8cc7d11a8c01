package io.caracal.trainer.pretrain;

import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.datasets.Split;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Preprocessing;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.data.TrainingData;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Fit;
import io.caracal.trainer.fit.FitData;
import io.caracal.trainer.fit.FitResult;
import io.caracal.trainer.models.MaskedPatches;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.runs.Preparation;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.SafeTensors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/// One run from images without labels to the weights of an encoder. The images are split as for training, and the part
/// that training holds out is not looked at: a model that is fine-tuned on the same data with the same seed is tested
/// on images that no stage has seen.
public record Pretraining(Presets presets, Compute compute, Loading loading) {

    /// Runs on the calling thread, one at a time per process.
    ///
    /// @param plan checked for [masked patches][io.caracal.trainer.models.Purpose#MASKED_PATCHES]
    /// @param checkpoints see [Fit]
    /// @throws IOException if the data set cannot be used or read: in one line
    /// @throws io.caracal.trainer.data.DataException if no image of a split can be decoded
    public PretrainOutcome run(RunPlan plan, PretrainListener listener, Optional<Checkpoints> checkpoints)
            throws IOException, InterruptedException {
        Recipe recipe = plan.recipe();
        var architecture = new MaskedPatches(presets.named(recipe.preset(), plan.options()));
        var objective = MaskedPatchPrediction.of(architecture, recipe.masked());
        Preprocessing preprocessing =
                Preprocessing.squash(architecture.imageSize(), architecture.imageSize(), Filter.ANTIALIAS);
        try (ImageSet whole = ImageSets.unlabelled(plan.data())) {
            var looked = new Preparation(whole, listener::cancelled);
            ImageSet used = plan.selection().of(looked);
            Split split = plan.selection().split(used);
            int patches = architecture.side() * architecture.side();
            listener.prepared(SplitSizes.of(split), recipe.masked().chosen(patches), patches);
            try (TrainingData data =
                            TrainingData.open(whole, split, preprocessing, recipe, loading, compute.copyAhead());
                    Network network = Network.create(architecture, PatchColours.CLASSES, compute, recipe.seed())) {
                FitData sources = data.sources(plan.identity(looked, checkpoints));
                Optional<Double> commonest = objective.ofCommonestClass(sources.validation(), listener::cancelled);
                if (commonest.isEmpty()) {
                    return new PretrainOutcome.Cancelled();
                }
                listener.baseline(commonest.get());
                FitResult fit = new Fit(recipe, objective, listener, checkpoints).run(network, sources);
                if (!fit.finished()) {
                    return new PretrainOutcome.Cancelled();
                }
                EpochResult best = fit.best().orElseThrow();
                return new PretrainOutcome.Finished(
                        weights(network, best),
                        SplitSizes.of(split),
                        fit.epochs(),
                        best,
                        commonest.get(),
                        Stream.concat(used.skipped().stream(), data.skipped().stream())
                                .toList());
            }
        } catch (CancellationException e) {
            return new PretrainOutcome.Cancelled();
        }
    }

    private static SafeTensors weights(Network network, EpochResult best) {
        Map<String, String> metadata = new LinkedHashMap<>();
        // What other programs ask a file of weights for: names and shapes are PyTorch's.
        metadata.put("format", "pt");
        metadata.put("preset", network.architecture().name());
        metadata.putAll(network.architecture().options().asProperties());
        metadata.put("objective", "masked patch prediction");
        metadata.put("epoch", Integer.toString(best.epoch()));
        metadata.put("validation accuracy", Double.toString(best.validation().accuracy()));
        Map<String, SafeTensors.Values> tensors = new LinkedHashMap<>();
        MaskedPatches.encoder(network)
                .forEach((name, weight) -> tensors.put(name, new SafeTensors.Values(weight.shape(), weight.values())));
        return new SafeTensors(metadata, tensors);
    }
}

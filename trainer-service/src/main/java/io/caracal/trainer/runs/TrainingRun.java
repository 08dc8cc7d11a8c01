package io.caracal.trainer.runs;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.Duplicates;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.datasets.Split;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Preprocessing;
import io.caracal.scoring.ModelException;
import io.caracal.scoring.OnnxRuntime;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.data.TrainingData;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Fit;
import io.caracal.trainer.fit.FitResult;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.pretrained.StartReport;
import io.caracal.trainer.pretrained.WeightImport;
import io.caracal.trainer.release.Candidate;
import io.caracal.trainer.release.CheckedModel;
import io.caracal.trainer.release.OnnxExport;
import io.caracal.trainer.release.Provenance;
import io.caracal.trainer.release.ReleaseCheck;
import io.caracal.trainer.report.Machine;
import io.caracal.trainer.report.Mistakes;
import io.caracal.trainer.report.RunReport;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/// One run from a data set to a checked model: open, split, load, train, export, compare, test.
/// Publishes nothing.
///
/// @param revision of this program, if known
public record TrainingRun(Presets presets, Compute compute, Loading loading, Optional<String> revision) {

    /// Runs on the calling thread, one at a time per process.
    ///
    /// @param version of the model
    /// @param checkpoints see [Fit]
    /// @throws IOException if the data set cannot be used or read: in one line
    /// @throws io.caracal.trainer.data.DataException if no image of a split can be decoded
    /// @throws io.caracal.trainer.release.ReleaseException if the export does not pass the parity gate
    public RunOutcome run(RunPlan plan, String version, RunListener listener, Optional<Checkpoints> checkpoints)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Architecture architecture = presets.named(plan.recipe().preset(), plan.options());
        Preprocessing preprocessing =
                Preprocessing.squash(architecture.imageSize(), architecture.imageSize(), Filter.ANTIALIAS);
        var start = new WeightImport(plan.recipe().start(), architecture);
        start.check();
        // What is needed after the training, found out before it.
        OnnxRuntime.load();
        try (ImageSet whole = ImageSets.open(plan.data())) {
            var looked = new Preparation(whole, listener::cancelled);
            ImageSet used = plan.selection().of(looked);
            Split split = plan.selection().split(used);
            listener.prepared(SplitSizes.of(split));
            try (TrainingData data = TrainingData.open(
                            whole, split, preprocessing, plan.recipe(), loading, compute.copyAhead());
                    Network network = Network.create(
                            architecture,
                            used.labels().size(),
                            compute,
                            plan.recipe().seed())) {
                boolean resumed = checkpoints.filter(Checkpoints::isResumed).isPresent();
                Optional<StartReport> origin = start.into(network, used.labels(), resumed);
                if (!resumed) {
                    listener.contradictions(Duplicates.contradictions(used));
                    origin.ifPresent(listener::started);
                }
                Map<String, String> identity = new TreeMap<>(plan.identity(looked, checkpoints));
                origin.ifPresent(report -> identity.put("start.weights SHA-256", report.sha256()));
                FitResult fit = new Fit(plan.recipe(), listener, checkpoints).run(network, data.sources(identity));
                if (!fit.finished()) {
                    return new RunOutcome.Cancelled();
                }
                listener.exporting();
                EpochResult best = fit.best().orElseThrow();
                ModelCard card = card(plan, version, architecture, whole, used, split, best, origin);
                CheckedModel model = checked(
                        network,
                        candidate -> new ReleaseCheck(preprocessing, listener::cancelled)
                                .check(
                                        Candidate.of(candidate, plan.recipe().export()),
                                        card,
                                        data.heldOut(Integer.MAX_VALUE),
                                        data.heldOut(ReleaseCheck.PARITY_IMAGES)));
                List<Example> heldOut = data.usedHeldOut();
                List<ImageSet.Skipped> skipped = Stream.concat(used.skipped().stream(), data.skipped().stream())
                        .toList();
                RunReport report = RunReport.of(
                        plan.recipe(),
                        architecture,
                        split,
                        fit.epochs(),
                        best,
                        model,
                        Mistakes.worst(whole, heldOut, model.card().labels(), model.scored()),
                        skipped,
                        Machine.of(compute),
                        (System.nanoTime() - began) / 1e9);
                return new RunOutcome.Finished(
                        model, report, SplitSizes.of(split), fit.epochs(), best, heldOut, skipped);
            }
        } catch (CancellationException e) {
            return new RunOutcome.Cancelled();
        } catch (ModelException e) {
            // A process that is told to end closes ONNX Runtime's environment under whatever is going on in it.
            if (listener.cancelled()) {
                return new RunOutcome.Cancelled();
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Check {
        CheckedModel of(Network candidate) throws IOException, InterruptedException;
    }

    /// On a CPU: a CUDA device rounds what convolutions multiply to TF32, which is coarser than the parity gate allows.
    private CheckedModel checked(Network network, Check check) throws IOException, InterruptedException {
        if (!compute.cuda()) {
            return check.of(network);
        }
        try (Compute cpu = compute.onCpu();
                Network copy = network.copy(cpu)) {
            return check.of(copy);
        }
    }

    private ModelCard card(
            RunPlan plan,
            String version,
            Architecture architecture,
            ImageSet whole,
            ImageSet used,
            Split split,
            EpochResult best,
            Optional<StartReport> origin)
            throws IOException {
        var provenance = new Provenance(
                whole.sha256(),
                whole.examples().size(),
                plan.selection(),
                Map.of(
                        "train", split.train().size(),
                        "validation", split.validation().size(),
                        "test", split.test().size(),
                        "reserved", used.reserved().size()),
                plan.recipe(),
                architecture.options(),
                best,
                revision);
        Map<String, String> properties = new TreeMap<>(provenance.asProperties());
        origin.ifPresent(report -> properties.putAll(report.asProperties()));
        return new ModelCard(
                plan.name(),
                version,
                List.copyOf(whole.labels()),
                ModelCard.Input.pixels(OnnxExport.INPUT, architecture.imageSize(), architecture.imageSize()),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                properties);
    }
}

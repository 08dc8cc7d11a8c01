package io.caracal.trainer.fit;

import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Trains a network. One at a time per process: the engine keeps its gradients in one place.
public final class Fit {
    private final Recipe recipe;
    private final FitListener listener;
    private final Optional<Checkpoint> checkpoint;

    /// @param checkpoints folder for the checkpoint that each epoch leaves, to go on from after a crash; empty for none
    public Fit(Recipe recipe, FitListener listener, Optional<Path> checkpoints) {
        this.recipe = recipe;
        this.listener = listener;
        checkpoint = checkpoints.map(Checkpoint::new);
    }

    /// Trains until the recipe's epochs are done or the listener cancels. If the folder holds a checkpoint of the same
    /// recipe, goes on after its last epoch. The same recipe, weights and batches give the same result.
    ///
    /// A run that finishes leaves the network as it was after its [best][FitResult#best] epoch, running statistics
    /// included: what it then scores is that epoch's validation figure.
    ///
    /// @throws DivergedException if the loss is no longer a number
    /// @throws IllegalArgumentException if the folder holds a checkpoint of another recipe
    public FitResult run(Network network, FitData data) throws InterruptedException, IOException {
        List<EpochResult> results = new ArrayList<>();
        try (Snapshot best = new Snapshot(network);
                Adam adam = new Adam(
                        network.weights(),
                        recipe.learningRate(),
                        network.compute().newScope())) {
            if (checkpoint.isPresent()) {
                results.addAll(checkpoint.get().restore(recipe, network, adam, best));
            }
            for (int epoch = results.size(); epoch < recipe.epochs(); epoch++) {
                network.compute().seed(recipe.seed() * 1_000_003 + epoch);
                Optional<EpochResult> result = epoch(epoch, network, adam, data);
                if (result.isEmpty()) {
                    return new FitResult(false, results);
                }
                results.add(result.get());
                FitResult sofar = new FitResult(true, results);
                if (sofar.best().equals(result)) {
                    best.take();
                }
                if (checkpoint.isPresent()) {
                    checkpoint.get().save(recipe, sofar, network, adam);
                }
                listener.epoch(result.get());
            }
            best.putBack();
        }
        return new FitResult(true, results);
    }

    /// @return empty if cancelled
    private Optional<EpochResult> epoch(int epoch, Network network, Adam adam, FitData data)
            throws InterruptedException {
        Tally tally = new Tally();
        Stopwatch watch = new Stopwatch();
        Step step = new Step(network, adam);
        try (Batches batches = data.training().epoch(epoch)) {
            for (int steps = 1; ; steps++) {
                if (listener.cancelled()) {
                    return Optional.empty();
                }
                Optional<Batch> next = batches.next();
                if (next.isEmpty()) {
                    break;
                }
                try (Batch batch = next.get()) {
                    watch.stepStarts();
                    tally.add(step.train(batch), batch.labels());
                    watch.stepEnds();
                }
                listener.step(progress(epoch, steps, data.training().steps(), tally, watch));
            }
        }
        double imagesPerSecond = watch.imagesPerSecond(tally.images());
        Optional<Evaluation> legacy = recipe.evalLegacy() ? legacy(network, data, epoch) : Optional.empty();
        return validate(network, data, epoch)
                .map(validation -> new EpochResult(
                        epoch + 1,
                        recipe.epochs(),
                        tally.evaluation(),
                        validation,
                        legacy,
                        imagesPerSecond,
                        watch.stepImagesPerSecond(tally.images())));
    }

    private Optional<Evaluation> legacy(Network network, FitData data, int epoch) throws InterruptedException {
        try (Batches batches = data.validationAugmented().epoch(epoch)) {
            return LegacyEvaluation.of(network, batches, listener::cancelled);
        }
    }

    /// @return empty if cancelled
    private Optional<Evaluation> validate(Network network, FitData data, int epoch) throws InterruptedException {
        if (!RunningStatistics.adapt(network, data.trainingAsServed(), listener::cancelled)) {
            return Optional.empty();
        }
        try (Batches batches = data.validation().epoch(epoch)) {
            return evaluate(network, batches, listener);
        }
    }

    /// Scores every image of one pass in evaluation mode.
    static Evaluation evaluate(Network network, Batches batches) throws InterruptedException {
        return evaluate(network, batches, FitListener.NONE).orElseThrow();
    }

    private StepProgress progress(int epoch, int step, int steps, Tally tally, Stopwatch watch) {
        return new StepProgress(
                epoch + 1,
                recipe.epochs(),
                step,
                steps,
                tally.loss(),
                tally.accuracy(),
                watch.imagesPerSecond(tally.images()),
                watch.stepImagesPerSecond(tally.images()));
    }

    private static Optional<Evaluation> evaluate(Network network, Batches batches, FitListener listener)
            throws InterruptedException {
        Tally tally = new Tally();
        while (!listener.cancelled()) {
            Optional<Batch> next = batches.next();
            if (next.isEmpty()) {
                return Optional.of(tally.evaluation());
            }
            try (Batch batch = next.get()) {
                tally.add(Step.evaluate(network, batch), batch.labels());
            }
        }
        return Optional.empty();
    }
}

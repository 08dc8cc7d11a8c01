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
    /// @throws DivergedException if the loss is no longer a number
    /// @throws IllegalArgumentException if the folder holds a checkpoint of another recipe
    public FitResult run(Network network, BatchSource training, BatchSource validation)
            throws InterruptedException, IOException {
        List<EpochResult> results = new ArrayList<>();
        try (Adam adam = new Adam(
                network.weights(), recipe.learningRate(), network.compute().newScope())) {
            int done = checkpoint.isPresent() ? checkpoint.get().restore(recipe, network, adam) : 0;
            for (int epoch = done; epoch < recipe.epochs(); epoch++) {
                network.compute().seed(recipe.seed() * 1_000_003 + epoch);
                Optional<EpochResult> result = epoch(epoch, network, adam, training, validation);
                if (result.isEmpty()) {
                    return new FitResult(false, results);
                }
                results.add(result.get());
                if (checkpoint.isPresent()) {
                    checkpoint.get().save(recipe, epoch + 1, network, adam);
                }
                listener.epoch(result.get());
            }
        }
        return new FitResult(true, results);
    }

    /// Scores every image of one pass in evaluation mode.
    public static Evaluation evaluate(Network network, Batches batches) throws InterruptedException {
        return evaluate(network, batches, FitListener.NONE).orElseThrow();
    }

    /// @return empty if cancelled
    private Optional<EpochResult> epoch(
            int epoch, Network network, Adam adam, BatchSource training, BatchSource validation)
            throws InterruptedException {
        Tally tally = new Tally();
        Stopwatch watch = new Stopwatch();
        Step step = new Step(network, adam);
        try (Batches batches = training.epoch(epoch)) {
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
                listener.step(progress(epoch, steps, training.steps(), tally, watch));
            }
        }
        double imagesPerSecond = watch.imagesPerSecond(tally.images());
        try (Batches batches = validation.epoch(epoch)) {
            return evaluate(network, batches, listener)
                    .map(evaluation -> new EpochResult(
                            epoch + 1,
                            recipe.epochs(),
                            tally.evaluation(),
                            evaluation,
                            imagesPerSecond,
                            watch.stepImagesPerSecond(tally.images())));
        }
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

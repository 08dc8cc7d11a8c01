package io.caracal.trainer.fit;

import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// Trains a network. One at a time per process: the engine keeps its gradients in one place.
public final class Fit {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Recipe recipe;
    private final Objective objective;
    private final FitListener listener;
    private final Optional<Checkpoints> checkpoints;

    /// Trains for the labels of the images.
    ///
    /// @param checkpoints to go on from after a crash; empty for none
    public Fit(Recipe recipe, FitListener listener, Optional<Checkpoints> checkpoints) {
        this(recipe, Objective.LABELS, listener, checkpoints);
    }

    /// @param checkpoints to go on from after a crash; empty for none
    public Fit(Recipe recipe, Objective objective, FitListener listener, Optional<Checkpoints> checkpoints) {
        this.recipe = recipe;
        this.objective = objective;
        this.listener = listener;
        this.checkpoints = checkpoints;
    }

    /// Trains until the recipe's epochs are done, its patience is at an end or the listener cancels. If the folder
    /// holds a checkpoint of the same recipe, goes on after it. The same recipe, weights and batches give the same
    /// result, interrupted or not: to the bit on a CPU with the same number of threads.
    ///
    /// A run that finishes leaves the network as it was after its [best][FitResult#best] epoch, running statistics
    /// included: what it then scores is that epoch's validation figure.
    ///
    /// @throws DivergedException if the loss is no longer a number
    /// @throws IllegalArgumentException if the folder holds a checkpoint of another recipe or data set
    public FitResult run(Network network, FitData data) throws InterruptedException, IOException {
        try (Learning learning = Learning.of(recipe, network);
                Snapshot best = new Snapshot(network)) {
            Options options = network.architecture().options();
            Optional<Checkpoint> checkpoint =
                    checkpoints.map(settings -> new Checkpoint(settings.folder(), recipe, objective, options, data));
            Progress at = checkpoint.isPresent() ? checkpoint.get().restore(learning, best) : Progress.START;
            Pass pass = new Pass(learning, data, checkpoint);
            while (at.epochs().size() < recipe.epochs() && patient(at.epochs())) {
                Optional<EpochResult> result = epoch(pass, at, best);
                if (result.isEmpty()) {
                    return new FitResult(false, at.epochs());
                }
                at = at.andEpoch(result.get(), learning.optimizer().steps());
                if (checkpoint.isPresent()) {
                    checkpoint.get().saveEpoch(at, learning, best);
                }
                listener.epoch(result.get());
            }
            best.putBack();
            return new FitResult(true, at.epochs());
        }
    }

    /// Whether the highest accuracy is not too long ago. To reach it again is no improvement.
    private boolean patient(List<EpochResult> epochs) {
        if (recipe.patience() == 0 || epochs.isEmpty()) {
            return true;
        }
        int improved = 0;
        for (int i = 1; i < epochs.size(); i++) {
            if (epochs.get(i).validation().accuracy()
                    > epochs.get(improved).validation().accuracy()) {
                improved = i;
            }
        }
        return epochs.size() - 1 - improved < recipe.patience();
    }

    /// @param best takes the weights if they are the best so far
    /// @return empty if cancelled
    private Optional<EpochResult> epoch(Pass pass, Progress at, Snapshot best)
            throws InterruptedException, IOException {
        int epoch = at.epochs().size();
        Tally tally = new Tally(at.tally());
        Stopwatch watch = new Stopwatch();
        if (!pass.train(at, tally, watch)) {
            return Optional.empty();
        }
        double imagesPerSecond = watch.imagesPerSecond();
        seed(pass.learning.network(), epoch, -1);
        double toBeat = new FitResult(true, at.epochs())
                .best()
                .map(result -> result.validation().accuracy())
                .orElse(0.0);
        Optional<Validation.Figures> measured = new Validation(
                        pass.data, objective, recipe.evalLegacy(), listener::cancelled)
                .measure(pass.learning, epoch, figure -> {
                    if (figure.accuracy() >= toBeat) {
                        best.take();
                    }
                });
        if (measured.isEmpty()) {
            // Cancelled: what is left to do of the epoch is to measure it.
            pass.save(at, pass.data.training().steps(), tally);
        }
        return measured.map(figures -> new EpochResult(
                epoch + 1,
                recipe.epochs(),
                tally.evaluation(),
                figures.validation(),
                figures.legacy(),
                imagesPerSecond,
                watch.stepImagesPerSecond()));
    }

    /// Random numbers, those of the engine (dropout) too, depend on the place in the run alone, so that a run can go
    /// on anywhere.
    ///
    /// @return what the engine starts anew with
    private long seed(Network network, int epoch, int batch) {
        long run = new SplittableRandom(recipe.seed()).nextLong();
        long seed = new SplittableRandom(run ^ ((long) epoch << 32) ^ batch).nextLong();
        network.compute().seed(seed);
        return seed;
    }

    /// Passes over the training images.
    private final class Pass {
        private final Learning learning;
        private final FitData data;
        private final Optional<Checkpoint> checkpoint;
        private final Step step;
        private final long began = System.nanoTime();
        /// Batches that this process trained on.
        private long done;
        /// When it was first seen that the run is cancelled.
        private OptionalLong cancelled = OptionalLong.empty();

        Pass(Learning learning, FitData data, Optional<Checkpoint> checkpoint) {
            this.learning = learning;
            this.data = data;
            this.checkpoint = checkpoint;
            step = new Step(learning, objective, recipe, data.training().steps());
        }

        /// What is left of an epoch.
        ///
        /// @return false if cancelled
        boolean train(Progress from, Tally tally, Stopwatch watch) throws InterruptedException, IOException {
            int epoch = from.epochs().size();
            try (Batches batches = data.training().epoch(epoch, from.batch())) {
                while (true) {
                    if (listener.cancelled() && !finishesStep()) {
                        if (!step.isPending()) {
                            save(from, batches.position(), tally);
                        }
                        return false;
                    }
                    int batchNumber = batches.position();
                    watch.waitStarts();
                    Optional<Batch> next = batches.next();
                    watch.waitEnds();
                    if (next.isEmpty()) {
                        step.flush();
                        return true;
                    }
                    long seed = seed(learning.network(), epoch, batchNumber);
                    try (Batch batch = next.get()) {
                        watch.stepStarts();
                        tally.add(step.train(batch, seed));
                        watch.stepEnds(batch.size());
                    }
                    done++;
                    if (isDue()) {
                        save(from, batches.position(), tally);
                    }
                    listener.step(progress(epoch, batches.position(), tally, watch));
                }
            }
        }

        /// Whether a step of several batches that is half done when the run is cancelled is finished first, because it
        /// would be lost: if that does not take long, as whoever cancelled is waiting.
        private boolean finishesStep() {
            if (checkpoint.isEmpty() || !step.isPending()) {
                return false;
            }
            long now = System.nanoTime();
            cancelled = cancelled.isEmpty() ? OptionalLong.of(now) : cancelled;
            return now - cancelled.getAsLong() < PATIENCE.toNanos();
        }

        private void save(Progress from, int batch, Tally tally) throws IOException {
            if (checkpoint.isPresent()) {
                long steps = learning.optimizer().steps();
                checkpoint.get().save(new Progress(from.epochs(), batch, tally.sums(), steps), learning);
            }
        }

        /// Whether the optimizer's latest step is one after which a checkpoint is wanted.
        private boolean isDue() {
            int every = checkpoints.map(Checkpoints::everySteps).orElse(0);
            return every > 0 && !step.isPending() && learning.optimizer().steps() % every == 0;
        }

        private StepProgress progress(int epoch, int batch, Tally tally, Stopwatch watch) {
            return new StepProgress(
                    epoch + 1,
                    recipe.epochs(),
                    batch,
                    data.training().steps(),
                    tally.loss(),
                    tally.accuracy(),
                    watch.imagesPerSecond(),
                    watch.stepImagesPerSecond(),
                    secondsLeft(epoch, batch));
        }

        private double secondsLeft(int epoch, int batch) {
            long left = (long) (recipe.epochs() - epoch) * data.training().steps() - batch;
            return (System.nanoTime() - began) / 1e9 / done * left;
        }
    }
}

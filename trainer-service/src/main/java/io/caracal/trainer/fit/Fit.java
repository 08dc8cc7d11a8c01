package io.caracal.trainer.fit;

import io.caracal.trainer.models.Network;
import java.nio.file.Path;
import java.util.Optional;

/// Trains a network. One at a time per process: the engine keeps its gradients in one place.
public final class Fit {
    private final Recipe recipe;
    private final FitListener listener;

    /// @param checkpoints folder for the checkpoint that each epoch leaves, to go on from after a crash; empty for none
    public Fit(Recipe recipe, FitListener listener, Optional<Path> checkpoints) {
        this.recipe = recipe;
        this.listener = listener;
    }

    /// Trains until the recipe's epochs are done or the listener cancels. If the folder holds a checkpoint of the same
    /// recipe, goes on after its epoch.
    public FitResult run(Network network, BatchSource training, BatchSource validation) throws InterruptedException {
        throw new UnsupportedOperationException(recipe + network.toString() + listener + training + validation);
    }

    /// Scores every image of one pass in evaluation mode.
    public static Evaluation evaluate(Network network, Batches batches) throws InterruptedException {
        throw new UnsupportedOperationException(network.toString() + batches);
    }
}

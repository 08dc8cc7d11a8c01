package io.caracal.trainer.fit;

import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Weight;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Adapts the running statistics of batch normalisation to images as they are served. Training leaves those of
/// augmented images, which are enlarged parts: smoother than whole images. A network that normalises whole images by
/// them is off by as much as a third of its accuracy, differently after each epoch (Touvron et al. 2019, "Fixing the
/// train-test resolution discrepancy"). The weights do not change.
public final class RunningStatistics {
    /// Of the statistics before, 0.9 to the power of 50 is left: half a percent.
    static final int BATCHES = 50;

    private RunningStatistics() {}

    /// @param images training images without augmentation, in random order; as many batches are taken as are needed
    /// @return false if cancelled
    public static boolean adapt(Network network, BatchSource images, BooleanSupplier cancelled)
            throws InterruptedException {
        if (network.weights().values().stream().allMatch(Weight::trained)) {
            // Nothing but weights: no batch normalisation in it.
            return true;
        }
        int done = 0;
        // A data set with fewer batches is passed over more than once.
        while (done < BATCHES) {
            try (Batches batches = images.epoch(0)) {
                for (Optional<Batch> next = batches.next();
                        next.isPresent() && done < BATCHES;
                        next = batches.next(), done++) {
                    try (Batch batch = next.get()) {
                        if (cancelled.getAsBoolean()) {
                            return false;
                        }
                        observe(network, batch);
                    }
                }
            }
        }
        return true;
    }

    private static void observe(Network network, Batch batch) {
        try (Gradients _ = Gradients.off();
                NDManager scope = network.compute().newScope()) {
            // Reading the result makes the engine finish before the batch's buffer is given back.
            network.forward(scope, batch.pixels(), batch.size(), true).array().toFloatArray();
        }
    }
}

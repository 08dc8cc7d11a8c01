package io.caracal.trainer.fit;

import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Gradients;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Validation as the published curves of `seed-cnn` and `seed-vit` were measured (spec 2.1, 2.2): in training mode, so
/// that dropout drops and batch norms use and change batch statistics, on augmented images, and with the batches'
/// figures averaged without regard to their sizes. To compare with these curves, not to judge a model by.
final class LegacyEvaluation {
    private LegacyEvaluation() {}

    /// @return empty if cancelled
    static Optional<Evaluation> of(Network network, Batches augmented, BooleanSupplier cancelled)
            throws InterruptedException {
        int images = 0;
        int batches = 0;
        double loss = 0;
        double accuracy = 0;
        while (!cancelled.getAsBoolean()) {
            Optional<Batch> next = augmented.next();
            if (next.isEmpty()) {
                return Optional.of(new Evaluation(images, loss / batches, accuracy / batches));
            }
            try (Batch batch = next.get()) {
                Tally tally = new Tally();
                tally.add(new Scores(logits(network, batch), batch.labels()));
                images += batch.size();
                loss += tally.loss();
                accuracy += tally.accuracy();
                batches++;
            }
        }
        return Optional.empty();
    }

    private static float[] logits(Network network, Batch batch) {
        try (Gradients _ = Gradients.off();
                NDManager scope = network.compute().newScope()) {
            return network.forward(scope, batch.input(), true).array().toFloatArray();
        }
    }
}

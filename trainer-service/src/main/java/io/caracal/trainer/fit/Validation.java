package io.caracal.trainer.fit;

import io.caracal.trainer.models.Network;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Measures what would be exported: the averaged weights if there are any, with running statistics of images as they
/// are served.
///
/// @param legacy whether the published curves' way of measuring is wanted too
record Validation(FitData data, Objective objective, boolean legacy, BooleanSupplier cancelled) {

    /// @param legacy of the weights themselves, before the figure that counts
    record Figures(Evaluation validation, Optional<Evaluation> legacy) {}

    /// @param measured told the figure while the network is as it was measured
    /// @return empty if cancelled
    Optional<Figures> measure(Learning learning, int epoch, Consumer<Evaluation> measured) throws InterruptedException {
        Network network = learning.network();
        Optional<Evaluation> old = legacy ? legacy(network, epoch) : Optional.empty();
        learning.average().ifPresent(AveragedWeights::enter);
        Optional<Evaluation> validation = RunningStatistics.adapt(network, data.trainingAsServed(), cancelled)
                ? evaluate(network, epoch)
                : Optional.empty();
        validation.ifPresent(measured);
        learning.average().ifPresent(AveragedWeights::leave);
        return validation.map(figure -> new Figures(figure, old));
    }

    private Optional<Evaluation> legacy(Network network, int epoch) throws InterruptedException {
        try (Batches batches = data.validationAugmented().epoch(epoch)) {
            return LegacyEvaluation.of(network, batches, cancelled);
        }
    }

    private Optional<Evaluation> evaluate(Network network, int epoch) throws InterruptedException {
        try (Batches batches = data.validation().epoch(epoch)) {
            return evaluate(network, objective, batches, cancelled);
        }
    }

    /// Scores every image of one pass in evaluation mode.
    ///
    /// @return empty if cancelled
    static Optional<Evaluation> evaluate(
            Network network, Objective objective, Batches batches, BooleanSupplier cancelled)
            throws InterruptedException {
        Tally tally = new Tally();
        while (!cancelled.getAsBoolean()) {
            // Questions are the same in every epoch.
            long seed = batches.position();
            Optional<Batch> next = batches.next();
            if (next.isEmpty()) {
                return Optional.of(tally.evaluation());
            }
            try (Batch batch = next.get()) {
                tally.add(Step.evaluate(network, objective, batch, seed));
            }
        }
        return Optional.empty();
    }
}

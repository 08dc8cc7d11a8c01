package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.fit.Evaluation;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a comparison reads of a run's figures; whatever an older file does not have is absent.
///
/// @param model the file that was written
/// @param imagesPerSecond of training, loading included
/// @param seconds of the whole run
public record ComparedRun(
        String model,
        ModelCard card,
        Optional<Evaluation> validation,
        Optional<Test> test,
        Optional<ModelCost> cost,
        OptionalDouble imagesPerSecond,
        OptionalDouble seconds,
        Optional<Timing> timing,
        Optional<Machine> machine) {

    public ComparedRun {
        if (card == null) {
            throw new IllegalArgumentException("card is missing");
        }
    }

    /// @param images held-out ones
    /// @param accuracy on them
    public record Test(int images, double accuracy, Optional<Calibrated> calibration) {}

    /// @param ece expected calibration error
    public record Calibrated(double ece) {}

    /// Architecture with the options that are not the preset's own; the model's name if it was not trained here.
    public String preset() {
        String preset = card.provenance().get("recipe.preset");
        if (preset == null) {
            return card.name();
        }
        var options = new StringBuilder(preset);
        CardOptions.chosen(card)
                .forEach((option, value) ->
                        options.append(' ').append(option).append('=').append(value));
        return options.toString();
    }
}

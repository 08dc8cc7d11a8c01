package io.caracal.trainer.report;

import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// How training went, epoch by epoch.
final class TrainingSection {
    private TrainingSection() {}

    static Element of(RunReport run) {
        List<EpochResult> epochs = run.epochs();
        Element charts = Element.of(
                        "div",
                        Chart.epochs("Accuracy by epoch", "accuracy", true, series(epochs, Evaluation::accuracy))
                                .figure(
                                        "Accuracy. Training: on augmented images while the weights change; validation: on "
                                                + "plain images after the epoch."),
                        Chart.epochs("Loss by epoch", "cross-entropy", false, series(epochs, Evaluation::loss))
                                .figure(
                                        "Loss: mean cross-entropy per image, natural logarithm, without label smoothing. A "
                                                + "mixed image counts for both of its labels by their shares."),
                        Chart.epochs(
                                        "Learning rate by epoch",
                                        "learning rate",
                                        false,
                                        List.of(Chart.Series.line("learning rate", run.learningRates())))
                                .fromZero()
                                .figure("Learning rate of each epoch's last step."))
                .with("class", "charts");
        return Sections.section(
                "Training",
                charts,
                Element.text(
                        "p",
                        "The model is of epoch " + run.bestEpoch()
                                + ", the one with the highest validation accuracy (of equal ones the latest)."),
                Sections.folded("The epochs as a table", table(run)));
    }

    private static List<Chart.Series> series(List<EpochResult> epochs, ToDoubleFunction<Evaluation> figure) {
        List<Chart.Series> series = new ArrayList<>();
        series.add(Chart.Series.line(
                "training",
                epochs.stream()
                        .map(epoch -> figure.applyAsDouble(epoch.training()))
                        .toList()));
        series.add(Chart.Series.line(
                "validation",
                epochs.stream()
                        .map(epoch -> figure.applyAsDouble(epoch.validation()))
                        .toList()));
        if (epochs.stream().allMatch(epoch -> epoch.legacy().isPresent())) {
            series.add(Chart.Series.line(
                    "validation, as published",
                    epochs.stream()
                            .map(epoch -> figure.applyAsDouble(epoch.legacy().orElseThrow()))
                            .toList()));
        }
        return series;
    }

    private static Element table(RunReport run) {
        return Sections.table(
                List.of(
                        "epoch",
                        "training loss",
                        "training accuracy",
                        "validation loss",
                        "validation accuracy",
                        "learning rate",
                        "images/s",
                        "loading s",
                        "steps s"),
                IntStream.range(0, run.epochs().size())
                        .mapToObj(e ->
                                row(run.epochs().get(e), run.learningRates().get(e)))
                        .toList());
    }

    private static List<String> row(EpochResult epoch, double learningRate) {
        double all = Timing.seconds(epoch, EpochResult::imagesPerSecond);
        double steps = Timing.seconds(epoch, EpochResult::stepImagesPerSecond);
        return List.of(
                String.valueOf(epoch.epoch()),
                Numbers.share(epoch.training().loss()),
                Numbers.share(epoch.training().accuracy()),
                Numbers.share(epoch.validation().loss()),
                Numbers.share(epoch.validation().accuracy()),
                String.format(Locale.ROOT, "%.3g", learningRate),
                Numbers.rate(epoch.imagesPerSecond()),
                String.format(Locale.ROOT, "%.1f", Math.max(0, all - steps)),
                String.format(Locale.ROOT, "%.1f", steps));
    }
}

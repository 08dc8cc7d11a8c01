package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether the model's probabilities can be believed.
final class CalibrationSection {
    private CalibrationSection() {}

    static Element of(Calibration calibration) {
        List<String> x = new ArrayList<>();
        List<Optional<Double>> accuracy = new ArrayList<>();
        List<Optional<Double>> confidence = new ArrayList<>();
        for (int b = 0; b < Calibration.BINS; b++) {
            double from = (double) b / Calibration.BINS;
            double to = (b + 1.0) / Calibration.BINS;
            Optional<Calibration.Bin> bin = calibration.bins().stream()
                    .filter(candidate -> candidate.from() == from)
                    .findFirst();
            x.add(String.format(Locale.ROOT, "%.0f–%.0f %%", 100 * from, 100 * to));
            accuracy.add(bin.map(Calibration.Bin::accuracy));
            confidence.add(bin.map(Calibration.Bin::confidence));
        }
        Chart reliability = new Chart(
                "Reliability diagram: accuracy by the model's own probability",
                x,
                "probability of the predicted class",
                "share",
                List.of(
                        new Chart.Series("right", Chart.Kind.BAR, accuracy),
                        new Chart.Series("mean probability", Chart.Kind.REFERENCE, confidence)),
                Optional.of(0.0),
                Optional.of(1.0),
                true,
                false);
        return Sections.section(
                "Calibration",
                reliability.figure(
                        "Bars: share of images that are right. Points: their mean probability. Bars below the points: "
                                + "the model is too sure of itself; above: not sure enough."),
                Element.text(
                        "p",
                        "Expected calibration error (ECE) " + Numbers.share(calibration.ece())
                                + ": images are put into " + Calibration.BINS
                                + " equally wide bins by the probability of their predicted class; the ECE is the mean of "
                                + "|accuracy − mean probability| over the bins, weighted by their images (Guo et al. 2017). "
                                + "Mean log-likelihood of the true class: "
                                + String.format(Locale.ROOT, "%.4f", calibration.meanLogLikelihood()) + "."),
                Sections.folded(
                        "The bins as a table",
                        Sections.table(
                                List.of("probability", "images", "mean probability", "right"),
                                calibration.bins().stream()
                                        .map(bin -> List.of(
                                                Numbers.percent(bin.from()) + " – " + Numbers.percent(bin.to()),
                                                Numbers.count(bin.images()),
                                                Numbers.share(bin.confidence()),
                                                Numbers.share(bin.accuracy())))
                                        .toList())));
    }
}

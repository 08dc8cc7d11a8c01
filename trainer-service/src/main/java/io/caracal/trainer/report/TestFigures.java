package io.caracal.trainer.report;

import io.caracal.trainer.release.ConfusionMatrix;
import io.caracal.trainer.release.ScoredImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How well a model file does on labelled images, as it is shown and written.
///
/// @param confusion `[true class][predicted class]`, both in the order of `classes`
/// @param calibration absent without images
public record TestFigures(
        int images, double accuracy, List<PerClass> classes, int[][] confusion, Optional<Calibration> calibration) {

    /// @param images of this class, its support
    /// @param precision absent if no image was taken for this class
    /// @param recall absent if there is no image of this class
    /// @param f1 absent if neither
    public record PerClass(
            String label, int images, Optional<Double> precision, Optional<Double> recall, Optional<Double> f1) {}

    /// @param scored the images that the matrix counts
    public static TestFigures of(ConfusionMatrix matrix, List<ScoredImage> scored) {
        List<PerClass> classes = IntStream.range(0, matrix.labels().size())
                .mapToObj(c -> new PerClass(
                        matrix.labels().get(c),
                        IntStream.of(matrix.counts()[c]).sum(),
                        defined(matrix.precision(c)),
                        defined(matrix.recall(c)),
                        defined(matrix.f1(c))))
                .toList();
        return new TestFigures(
                matrix.images(),
                matrix.accuracy(),
                classes,
                matrix.counts(),
                scored.isEmpty() ? Optional.empty() : Optional.of(Calibration.of(scored)));
    }

    private static Optional<Double> defined(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }
}

package io.caracal.trainer.cli;

import io.caracal.trainer.release.ConfusionMatrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How well a model file does on labelled images, as it is shown and written.
///
/// @param confusion `[true class][predicted class]`, both in the order of `classes`
record ModelEvaluation(int images, double accuracy, List<PerClass> classes, int[][] confusion) {

    /// @param images of this class
    /// @param precision absent if no image was taken for this class
    /// @param recall absent if there is no image of this class
    record PerClass(String label, int images, Optional<Double> precision, Optional<Double> recall) {}

    static ModelEvaluation of(ConfusionMatrix matrix) {
        List<PerClass> classes = IntStream.range(0, matrix.labels().size())
                .mapToObj(c -> new PerClass(
                        matrix.labels().get(c),
                        IntStream.of(matrix.counts()[c]).sum(),
                        defined(matrix.precision(c)),
                        defined(matrix.recall(c))))
                .toList();
        return new ModelEvaluation(matrix.images(), matrix.accuracy(), classes, matrix.counts());
    }

    private static Optional<Double> defined(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }
}

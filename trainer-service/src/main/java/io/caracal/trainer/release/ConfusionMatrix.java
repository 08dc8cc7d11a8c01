package io.caracal.trainer.release;

import java.util.Arrays;
import java.util.List;

/// What images of each class were taken for.
///
/// @param labels class names in index order
/// @param counts `[true class][predicted class]`
public record ConfusionMatrix(List<String> labels, int[][] counts) {

    public ConfusionMatrix {
        labels = List.copyOf(labels);
    }

    static ConfusionMatrix empty(List<String> labels) {
        return new ConfusionMatrix(labels, new int[labels.size()][labels.size()]);
    }

    void add(int label, int predicted) {
        counts[label][predicted]++;
    }

    public int images() {
        return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
    }

    /// Share of images that got their label, [0, 1]; NaN without images.
    public double accuracy() {
        int right = 0;
        for (int c = 0; c < counts.length; c++) {
            right += counts[c][c];
        }
        return (double) right / images();
    }

    /// Of the images taken for this class, the share that belongs to it; NaN if there are none.
    public double precision(int label) {
        return (double) counts[label][label]
                / Arrays.stream(counts).mapToInt(row -> row[label]).sum();
    }

    /// Of the images of this class, the share that was taken for it; NaN if there are none.
    public double recall(int label) {
        return (double) counts[label][label] / Arrays.stream(counts[label]).sum();
    }

    /// Harmonic mean of precision and recall; NaN if no image is of this class and none was taken for it.
    public double f1(int label) {
        int predicted = Arrays.stream(counts).mapToInt(row -> row[label]).sum();
        int support = Arrays.stream(counts[label]).sum();
        return 2.0 * counts[label][label] / (predicted + support);
    }
}

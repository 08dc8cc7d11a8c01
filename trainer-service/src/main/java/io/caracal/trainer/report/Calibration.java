package io.caracal.trainer.report;

import io.caracal.trainer.release.ScoredImage;
import java.util.ArrayList;
import java.util.List;

/// Whether a model is right as often as it says: images are put into bins by the probability of their predicted class,
/// and the mean of these probabilities is compared with the share of images that are right (Guo et al. 2017, "On
/// Calibration of Modern Neural Networks", section 2).
///
/// @param ece expected calibration error: the bins' `|accuracy - confidence|`, weighted by their images; [0, 1]
/// @param meanLogLikelihood mean natural logarithm of the true class's probability, at least that of the smallest
///     float; higher is better
/// @param bins those with images, from low to high
public record Calibration(double ece, double meanLogLikelihood, List<Bin> bins) {
    /// As in the paper: equally wide ones.
    public static final int BINS = 15;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /// @param from lower end, not in it
    /// @param to upper end, in it
    /// @param confidence mean probability of the predicted class
    /// @param accuracy share of its images that are right
    public record Bin(double from, double to, int images, double confidence, double accuracy) {}

    /// @throws IllegalArgumentException without images
    public static Calibration of(List<ScoredImage> scored) {
        if (scored.isEmpty()) {
            throw new IllegalArgumentException("there are no scored images, calibration needs at least one");
        }
        List<List<ScoredImage>> binned = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            binned.add(new ArrayList<>());
        }
        scored.forEach(image -> binned.get(bin(image.probability())).add(image));
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (!binned.get(b).isEmpty()) {
                bins.add(bin(b, binned.get(b)));
            }
        }
        double ece = bins.stream()
                .mapToDouble(bin -> (double) bin.images() / scored.size() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        return new Calibration(ece, meanLogLikelihood(scored), bins);
    }

    private static int bin(float probability) {
        return Math.clamp((long) Math.ceil((double) probability * BINS) - 1, 0, BINS - 1);
    }

    private static Bin bin(int number, List<ScoredImage> images) {
        return new Bin(
                (double) number / BINS,
                (number + 1.0) / BINS,
                images.size(),
                images.stream().mapToDouble(ScoredImage::probability).average().orElseThrow(),
                (double) images.stream().filter(ScoredImage::right).count() / images.size());
    }

    private static double meanLogLikelihood(List<ScoredImage> scored) {
        return scored.stream()
                .mapToDouble(image -> Math.log(Math.max(image.labelProbability(), Float.MIN_VALUE)))
                .average()
                .orElseThrow();
    }
}

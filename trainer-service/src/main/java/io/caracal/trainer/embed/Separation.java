package io.caracal.trainer.embed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How well the classes lie apart, as figures beside a picture that only suggests it.
///
/// @param neighbours share of the points whose nearest other points mostly have the same label
/// @param silhouette mean of `(b - a) / max(a, b)`: `a` the mean distance to the others of the own label, `b` that to
///     the nearest other label (Rousseeuw 1987); 1 is best, 0 for a label that is alone
public record Separation(double neighbours, double silhouette) {
    /// Nearest points that are asked.
    public static final int ASKED = 10;

    /// @param points `[n][d]`
    /// @param labels of each point
    public static Separation of(double[][] points, List<String> labels) {
        int agreed = 0;
        double silhouettes = 0;
        for (int i = 0; i < points.length; i++) {
            double[] distances =
                    Arrays.stream(Distances.squared(points, i)).map(Math::sqrt).toArray();
            agreed += vote(distances, i, labels).equals(labels.get(i)) ? 1 : 0;
            silhouettes += silhouette(distances, i, labels);
        }
        return new Separation((double) agreed / points.length, silhouettes / points.length);
    }

    /// The most frequent label of the nearest other points; of equally frequent ones that of the nearer point.
    private static String vote(double[] distances, int i, List<String> labels) {
        List<String> nearest = IntStream.range(0, distances.length)
                .filter(j -> j != i)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> distances[j]))
                .limit(ASKED)
                .map(labels::get)
                .toList();
        Map<String, Integer> votes = new HashMap<>();
        nearest.forEach(label -> votes.merge(label, 1, Integer::sum));
        int most = votes.values().stream().max(Integer::compare).orElse(0);
        return nearest.stream()
                .filter(label -> votes.get(label) == most)
                .findFirst()
                .orElse("");
    }

    private static double silhouette(double[] distances, int i, List<String> labels) {
        Map<String, double[]> sums = new HashMap<>(); // sum and count by label
        for (int j = 0; j < distances.length; j++) {
            if (j != i) {
                double[] sum = sums.computeIfAbsent(labels.get(j), _ -> new double[2]);
                sum[0] += distances[j];
                sum[1]++;
            }
        }
        double[] own = sums.remove(labels.get(i));
        if (own == null || sums.isEmpty()) {
            return 0;
        }
        double a = own[0] / own[1];
        double b =
                sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).min().orElseThrow();
        return a == b ? 0 : (b - a) / Math.max(a, b);
    }
}

package io.caracal.trainer.embed;

/// Euclidean distances between points.
final class Distances {
    private Distances() {}

    /// From one point to each, squared.
    static double[] squared(double[][] points, int from) {
        double[] squared = new double[points.length];
        for (int to = 0; to < points.length; to++) {
            double sum = 0;
            for (int c = 0; c < points[from].length; c++) {
                double difference = points[from][c] - points[to][c];
                sum += difference * difference;
            }
            squared[to] = sum;
        }
        return squared;
    }
}

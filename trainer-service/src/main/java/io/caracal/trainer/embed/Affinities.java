package io.caracal.trainer.embed;

/// How near points are to each other, as t-SNE sees it (van der Maaten and Hinton 2008): a Gaussian around each, as
/// wide as gives it the same number of neighbours (the perplexity) everywhere.
final class Affinities {
    private static final double TOLERANCE = 1e-5;
    private static final int STEPS = 200;

    private Affinities() {}

    /// @param points `[n][d]`
    /// @return `[n][n]`, symmetric, sums to 1: `p_ij = (p_j|i + p_i|j) / 2n`
    static double[][] of(double[][] points, double perplexity) {
        double[][] conditional = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            conditional[i] = around(Distances.squared(points, i), i, Math.log(perplexity));
        }
        int n = points.length;
        double[][] joint = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                joint[i][j] = (conditional[i][j] + conditional[j][i]) / (2 * n);
            }
        }
        return joint;
    }

    /// `p_j|i`, with the precision `beta` found by bisection.
    ///
    /// @param squared distances to each point
    /// @param entropy wanted, natural logarithm
    private static double[] around(double[] squared, int i, double entropy) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < squared.length; j++) {
            nearest = j == i ? nearest : Math.min(nearest, squared[j]);
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double beta = 1;
        double[] shares = new double[squared.length];
        for (int step = 0; step < STEPS; step++) {
            double difference = gaussian(squared, i, nearest, beta, shares) - entropy;
            if (Math.abs(difference) <= TOLERANCE) {
                break;
            }
            if (difference > 0) {
                low = beta;
                beta = high == Double.POSITIVE_INFINITY ? 2 * beta : (beta + high) / 2;
            } else {
                high = beta;
                beta = (beta + low) / 2;
            }
        }
        return shares;
    }

    /// Fills the shares and gives their entropy. The nearest point's distance is taken off all: no share of it is lost
    /// to underflow.
    private static double gaussian(double[] squared, int i, double nearest, double beta, double[] shares) {
        double sum = 0;
        double weighted = 0;
        for (int j = 0; j < squared.length; j++) {
            double distance = squared[j] - nearest;
            shares[j] = j == i ? 0 : Math.exp(-beta * distance);
            sum += shares[j];
            weighted += j == i ? 0 : shares[j] * distance;
        }
        for (int j = 0; j < shares.length; j++) {
            shares[j] /= sum;
        }
        return Math.log(sum) + beta * weighted / sum;
    }
}

package io.caracal.datasets.drawn;

import java.util.function.IntPredicate;

/// Logistic regression on standardised features, full-batch gradient descent with weight decay.
final class LinearClassifier {
    private static final int ROUNDS = 1_000;
    private static final double RATE = 0.3;
    private static final double DECAY = 0.01;

    private LinearClassifier() {}

    /// Trains on the first `train` rows.
    ///
    /// @return the share of the other rows that it gets right
    static double accuracy(double[][] features, IntPredicate positive, int train) {
        standardise(features, train);
        int width = features[0].length;
        double[] weights = new double[width];
        double bias = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double[] gradient = new double[width];
            double biasGradient = 0;
            for (int i = 0; i < train; i++) {
                double error = 1 / (1 + Math.exp(-score(features[i], weights, bias))) - (positive.test(i) ? 1 : 0);
                biasGradient += error / train;
                for (int f = 0; f < width; f++) {
                    gradient[f] += error * features[i][f] / train;
                }
            }
            bias -= RATE * biasGradient;
            for (int f = 0; f < width; f++) {
                weights[f] -= RATE * (gradient[f] + DECAY * weights[f]);
            }
        }
        int right = 0;
        for (int i = train; i < features.length; i++) {
            if (score(features[i], weights, bias) > 0 == positive.test(i)) {
                right++;
            }
        }
        return (double) right / (features.length - train);
    }

    private static double score(double[] row, double[] weights, double bias) {
        double score = bias;
        for (int f = 0; f < row.length; f++) {
            score += row[f] * weights[f];
        }
        return score;
    }

    private static void standardise(double[][] features, int train) {
        for (int f = 0; f < features[0].length; f++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < train; i++) {
                sum += features[i][f];
                squares += features[i][f] * features[i][f];
            }
            double mean = sum / train;
            double deviation = Math.sqrt(Math.max(1e-12, squares / train - mean * mean));
            for (double[] row : features) {
                row[f] = (row[f] - mean) / deviation;
            }
        }
    }
}

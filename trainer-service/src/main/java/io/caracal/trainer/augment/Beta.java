package io.caracal.trainer.augment;

import java.util.random.RandomGenerator;

/// Draws from Beta(alpha, alpha) as the share of one of two equal Gamma(alpha) draws.
final class Beta {

    private Beta() {}

    /// @param alpha more than 0
    /// @return 0 to 1
    static double symmetric(double alpha, RandomGenerator random) {
        // On a logarithmic scale, because draws of a small alpha underflow.
        double one = logGamma(alpha, random);
        double other = logGamma(alpha, random);
        return 1 / (1 + Math.exp(other - one));
    }

    /// The logarithm of a Gamma(alpha) draw (Marsaglia, Tsang: A simple method for generating gamma variables, 2000).
    private static double logGamma(double alpha, RandomGenerator random) {
        if (alpha < 1) {
            // Gamma(alpha) is Gamma(alpha + 1) times a uniform to the power of 1 / alpha; 1 - u is never 0.
            return logGamma(alpha + 1, random) + Math.log(1 - random.nextDouble()) / alpha;
        }
        double d = alpha - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return Math.log(d * v);
            }
        }
    }
}

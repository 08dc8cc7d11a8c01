package io.caracal.trainer.tensor;

/// By what the kernels of a convolution are divided when they are standardised (Qiao et al. 2019): those of one
/// output channel together, over inputs, height and width, after their mean is taken out.
public sealed interface Standardization {

    /// For kernels of this variance, 0 or more.
    double divisor(double variance);

    /// `sqrt(variance + epsilon)`, as in Big Transfer and timm.
    record ByVariance(float epsilon) implements Standardization {
        @Override
        public double divisor(double variance) {
            return Math.sqrt(variance + epsilon);
        }
    }

    /// `sqrt(variance) + epsilon`, as in Google's hybrids (Flax; spec 2.7).
    record ByDeviation(float epsilon) implements Standardization {
        @Override
        public double divisor(double variance) {
            return Math.sqrt(variance) + epsilon;
        }
    }
}

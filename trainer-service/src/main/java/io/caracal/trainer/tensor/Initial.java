package io.caracal.trainer.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How a weight starts.
@FunctionalInterface
public interface Initial {

    void fill(float[] values, RandomGenerator random);

    static Initial constant(float value) {
        return (values, random) -> Arrays.fill(values, value);
    }

    static Initial normal(double deviation) {
        return (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        };
    }

    /// He et al. 2015 for layers before a ReLU: normal with the variance `2 / fan`. `fan` counts what one output reads
    /// (fan-in) or what one input reaches (fan-out).
    static Initial kaiming(long fan) {
        return normal(Math.sqrt(2.0 / fan));
    }

    /// PyTorch's default for weights and biases of linear layers and convolutions: uniform within
    /// `1 / sqrt(fanIn)` around 0 (spec 2.0, scheme `seed`).
    static Initial fanIn(long fanIn) {
        double bound = 1 / Math.sqrt((double) fanIn);
        return (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        };
    }

    /// Glorot and Bengio 2010: uniform within `sqrt(6 / (in + out))` around 0 (spec 2.0, scheme `jax`).
    static Initial xavierUniform(int in, int out) {
        double bound = Math.sqrt(6.0 / (in + out));
        return (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        };
    }

    /// Glorot and Bengio 2010: normal with the variance `2 / (in + out)`.
    static Initial xavierNormal(int in, int out) {
        return normal(Math.sqrt(2.0 / (in + out)));
    }

    /// LeCun's normal as JAX draws it: variance `1 / fanIn` after the normal is cut off at two deviations (spec 4.8).
    static Initial lecunNormal(long fanIn) {
        double deviation = 1 / Math.sqrt((double) fanIn) / .879625661034240;
        return (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                double drawn;
                do {
                    drawn = random.nextGaussian();
                } while (Math.abs(drawn) > 2);
                values[i] = (float) (drawn * deviation);
            }
        };
    }
}

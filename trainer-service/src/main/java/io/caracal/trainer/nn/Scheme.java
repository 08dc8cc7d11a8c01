package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;

/// How the weights of a transformer start (spec 2.0).
public enum Scheme {
    /// PyTorch's defaults: uniform within `1 / sqrt(fan-in)`, biases as well.
    SEED,
    /// Normal with a deviation of 0.02, biases 0. (What PyTorch calls truncated at +-2 is a normal at this deviation.)
    TIMM,
    /// The paper's: Xavier uniform for each matrix, biases of the MLP almost 0, others 0.
    JAX,
    /// Xavier normal for each matrix, biases 0, positions and class token `N(0, 1)`: the authors' of SPT and LSA.
    XAVIER;

    /// Of a matrix `[out, in]`. Queries, keys and values are three matrices, even if they are one weight.
    public Initial weight(int in, int out) {
        return switch (this) {
            case SEED -> Initial.fanIn(in);
            case TIMM -> Initial.normal(.02);
            case JAX -> Initial.xavierUniform(in, out);
            case XAVIER -> Initial.xavierNormal(in, out);
        };
    }

    /// Of the linear layers of an attention.
    public Initial bias(int in) {
        return switch (this) {
            case SEED -> Initial.fanIn(in);
            case TIMM, JAX, XAVIER -> Initial.constant(0);
        };
    }

    /// Of the linear layers of an MLP.
    public Initial mlpBias(int in) {
        return switch (this) {
            case SEED -> Initial.fanIn(in);
            case TIMM, XAVIER -> Initial.constant(0);
            case JAX -> Initial.normal(1e-6);
        };
    }

    /// Of the projection of patches, a convolution.
    public Initial patchWeight(int fanIn) {
        return switch (this) {
            case SEED, TIMM, XAVIER -> Initial.fanIn(fanIn);
            case JAX -> Initial.lecunNormal(fanIn);
        };
    }

    public Initial patchBias(int fanIn) {
        return switch (this) {
            case SEED, TIMM -> Initial.fanIn(fanIn);
            case JAX, XAVIER -> Initial.constant(0);
        };
    }

    public Initial classToken() {
        return switch (this) {
            case SEED, XAVIER -> Initial.normal(1);
            case TIMM -> Initial.normal(1e-6);
            case JAX -> Initial.constant(0);
        };
    }

    public Initial positions() {
        return switch (this) {
            case SEED, XAVIER -> Initial.normal(1);
            case TIMM, JAX -> Initial.normal(.02);
        };
    }

    /// Of the last layer.
    public Initial head(int in, int out) {
        return switch (this) {
            case SEED -> Initial.fanIn(in);
            case TIMM -> Initial.normal(.02);
            case JAX -> Initial.constant(0);
            case XAVIER -> Initial.xavierNormal(in, out);
        };
    }
}

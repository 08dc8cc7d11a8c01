package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Tensor;

/// How an MLP's activation is computed (spec 2.0).
public enum Gelu {
    /// Exactly, by the error function: timm's.
    ERF,
    /// Google's Flax models'. Training with it takes more time and memory: it is put together from single operations.
    TANH;

    Tensor of(Tensor x) {
        return switch (this) {
            case ERF -> x.gelu();
            case TANH -> x.geluTanh();
        };
    }
}

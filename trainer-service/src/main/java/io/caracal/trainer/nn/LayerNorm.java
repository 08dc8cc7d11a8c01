package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;

/// Normalises the last dimension. The epsilon has no default: families of models differ (spec 2.0).
public final class LayerNorm extends Layer {
    private final Weight weight;
    private final Weight bias;
    private final float epsilon;

    public LayerNorm(int width, float epsilon) {
        weight = parameter("weight", Initial.constant(1), width);
        bias = parameter("bias", Initial.constant(0), width);
        this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.layerNorm(weight, bias, epsilon);
    }
}

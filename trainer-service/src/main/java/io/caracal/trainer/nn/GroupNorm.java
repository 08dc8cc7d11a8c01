package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;

/// Group normalisation over `[N, C, H, W]` in 32 groups (Wu and He 2018; spec 2.6).
public final class GroupNorm extends Layer {
    private static final int GROUPS = 32;
    private static final float EPSILON = 1e-5f;

    private final Weight weight;
    private final Weight bias;
    private final float epsilon;

    /// With PyTorch's epsilon.
    ///
    /// @param channels a multiple of 32
    public GroupNorm(int channels) {
        this(channels, 1, EPSILON);
    }

    /// @param channels a multiple of 32
    /// @param scale gamma at the start
    /// @param epsilon added to the variance of a group
    public GroupNorm(int channels, float scale, float epsilon) {
        weight = parameter("weight", Initial.constant(scale), channels);
        bias = parameter("bias", Initial.constant(0), channels);
        this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.groupNorm(GROUPS, weight, bias, epsilon);
    }
}

package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Statistics;
import io.caracal.trainer.tensor.Tensor;

/// Batch normalisation over the channels of `[N, C, H, W]`, with PyTorch's defaults (spec 2.1).
public final class BatchNorm extends Layer {
    /// Share of the newest batch in the running statistics.
    public static final float MOMENTUM = 0.1f;

    private static final float EPSILON = 1e-5f;

    private final Statistics statistics;

    public BatchNorm(int channels) {
        this(channels, 1);
    }

    /// @param scale gamma at the start; 0 at the end of a residual branch makes the block begin as its shortcut
    public BatchNorm(int channels, float scale) {
        statistics = new Statistics(
                parameter("weight", Initial.constant(scale), channels),
                parameter("bias", Initial.constant(0), channels),
                statistic("running_mean", 0, channels),
                statistic("running_var", 1, channels));
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.batchNorm(statistics, MOMENTUM, EPSILON);
    }
}

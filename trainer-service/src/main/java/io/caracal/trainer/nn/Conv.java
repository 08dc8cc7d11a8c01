package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;

/// Convolution with a bias, `[N, I, H, W] -> [N, O, H', W']`.
public final class Conv extends Layer {
    private final Weight weight;
    private final Weight bias;
    private final int stride;
    private final int padding;

    public Conv(int in, int out, int kernel, int stride, int padding) {
        long fanIn = (long) in * kernel * kernel;
        weight = parameter("weight", Initial.fanIn(fanIn), out, in, kernel, kernel);
        bias = parameter("bias", Initial.fanIn(fanIn), out);
        this.stride = stride;
        this.padding = padding;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.conv2d(weight, bias, stride, padding);
    }
}

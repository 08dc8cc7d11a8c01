package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;

/// Convolution without a bias whose weight is standardised at every forward pass (spec 2.6),
/// `[N, I, H, W] -> [N, O, H', W']`.
public final class StandardizedConv extends Layer {
    private final Weight weight;
    private final int stride;
    private final int padding;
    private final float epsilon;

    /// @param epsilon added to the variance of a kernel: families of models differ
    public StandardizedConv(int in, int out, int kernel, int stride, int padding, float epsilon) {
        Initial initial = Initial.kaiming((long) out * kernel * kernel);
        weight = parameter("weight", initial, out, in, kernel, kernel);
        this.stride = stride;
        this.padding = padding;
        this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.standardizedConv2d(weight, epsilon, stride, padding);
    }
}

package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Standardization;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;

/// Convolution without a bias whose weight is standardised at every forward pass (spec 2.6),
/// `[N, I, H, W] -> [N, O, H', W']`.
public final class StandardizedConv extends Layer {
    private final Weight weight;
    private final int stride;
    private final Padding padding;
    private final Standardization standardization;

    /// @param standardization families of models differ
    public StandardizedConv(int in, int out, int kernel, int stride, Padding padding, Standardization standardization) {
        Initial initial = Initial.kaiming((long) out * kernel * kernel);
        weight = parameter("weight", initial, out, in, kernel, kernel);
        this.stride = stride;
        this.padding = padding;
        this.standardization = standardization;
    }

    @Override
    public Tensor forward(Tensor x) {
        if (padding.before() == padding.after()) {
            return x.standardizedConv2d(weight, standardization, stride, padding.before());
        }
        return x.pad(padding.before(), padding.after()).standardizedConv2d(weight, standardization, stride, 0);
    }
}

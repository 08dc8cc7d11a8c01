package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.Optional;

/// Convolution, `[N, I, H, W] -> [N, O, H', W']`.
public final class Conv extends Layer {
    private final Weight weight;
    private final Optional<Weight> bias;
    private final int stride;
    private final int padding;

    /// With a bias and PyTorch's default initialisation.
    public Conv(int in, int out, int kernel, int stride, int padding) {
        this(in, out, kernel, stride, padding, fanIn(in, kernel), true);
    }

    private Conv(int in, int out, int kernel, int stride, int padding, Initial initial, boolean biased) {
        weight = parameter("weight", initial, out, in, kernel, kernel);
        bias = biased ? Optional.of(parameter("bias", fanIn(in, kernel), out)) : Optional.empty();
        this.stride = stride;
        this.padding = padding;
    }

    /// Without a bias, as it stands before a normalisation, which would take the bias out again.
    public static Conv unbiased(int in, int out, int kernel, int stride, int padding, Initial initial) {
        return new Conv(in, out, kernel, stride, padding, initial, false);
    }

    /// Without a bias, padded by half the kernel, initialised as ResNets are: Kaiming's normal by fan-out (spec 2.0).
    public static Conv residual(int in, int out, int kernel, int stride) {
        Initial initial = Initial.kaiming((long) out * kernel * kernel);
        return unbiased(in, out, kernel, stride, kernel / 2, initial);
    }

    @Override
    public Tensor forward(Tensor x) {
        return bias.isPresent() ? x.conv2d(weight, bias.get(), stride, padding) : x.conv2d(weight, stride, padding);
    }

    private static Initial fanIn(int in, int kernel) {
        return Initial.fanIn((long) in * kernel * kernel);
    }
}

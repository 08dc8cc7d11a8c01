package io.caracal.trainer.tensor;

import java.util.List;

/// The operations that a model may use. Each exists three times: [Eager] runs it now on a native array, [Traced]
/// appends it to an ONNX graph, [Counted] says what it costs. So a model is written once and is its own export.
///
/// The first dimension is the batch, written `N`; its size is open in a graph.
public sealed interface Tensor permits Eager, Traced, Counted {

    Tensor add(Tensor other);

    /// Adds a weight whose shape is broadcast to this one's.
    Tensor add(Weight value);

    /// Decoded images to a model's input: `[N, H, W, 3]` of uint8 to `[N, 3, H, W]` of float.
    Tensor normalize(Normalization normalization);

    /// `[N, ..., I] -> [N, ..., O]` with a weight `[O, I]` and a bias `[O]`.
    Tensor linear(Weight weight, Weight bias);

    /// [#linear(Weight, Weight)] without a bias.
    Tensor linear(Weight weight);

    /// `[N, I, H, W] -> [N, O, H', W']` with a weight `[O, I, K, K]`, a bias `[O]` and zero padding.
    Tensor conv2d(Weight weight, Weight bias, int stride, int padding);

    /// [#conv2d(Weight, Weight, int, int)] without a bias.
    Tensor conv2d(Weight weight, int stride, int padding);

    /// [#conv2d(Weight, int, int)] with a weight that is [standardised][Standardization].
    Tensor standardizedConv2d(Weight weight, Standardization standardization, int stride, int padding);

    /// `[N, C, H, W] -> [N, C, H, W]`. In training mode normalises with the batch's own mean and biased variance and
    /// moves the running statistics by `momentum` (PyTorch's meaning: the share of the new value); otherwise, and
    /// where these are frozen, normalises with them.
    Tensor batchNorm(Statistics statistics, float momentum, float epsilon);

    /// `[N, C, H, W] -> [N, C, H, W]`: normalises each image's channels in groups of `C / groups` neighbours (Wu and He
    /// 2018), then scales and shifts each channel.
    ///
    /// @param scale `[C]`
    /// @param shift `[C]`
    Tensor groupNorm(int groups, Weight scale, Weight shift, float epsilon);

    /// `[N, C, H, W] -> [N, C, before + H + after, before + W + after]`: zeros around each map.
    Tensor pad(int before, int after);

    /// `[N, C, H, W] -> [N, C, H / size, W / size]`, rounded down: windows do not overlap.
    Tensor maxPool(int size);

    /// `[N, C, H, W] -> [N, C, H', W']` with `H' = (H + 2 * padding - kernel) / stride + 1`, rounded down; what pads is
    /// never the maximum.
    Tensor maxPool(int kernel, int stride, int padding);

    /// `[N, C, H, W] -> [N, C]`: the mean of each map.
    Tensor globalAveragePool();

    /// Normalises the last dimension.
    Tensor layerNorm(Weight scale, Weight shift, float epsilon);

    Tensor relu();

    /// Exact, by the error function.
    Tensor gelu();

    /// Its approximation, `x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))` (Hendrycks and Gimpel 2016).
    Tensor geluTanh();

    /// Over the last dimension.
    Tensor softmax();

    /// [#softmax()] of the logits `[N, heads, T, T]` of an attention as if each row had one more, whose share is left
    /// out: the others then sum to less than one.
    ///
    /// @param further logit of each row, `[T, 1]`
    Tensor softmax(Constant further);

    /// The mean over one dimension, which disappears.
    Tensor mean(int axis);

    /// A dimension of 0 stays as it is, at most one may be -1: what is left.
    Tensor reshape(long... shape);

    Tensor permute(int... axes);

    /// Equal parts of the last dimension.
    List<Tensor> split(int parts);

    /// `[N, T, C] -> [N, T + 1, C]`: puts a weight `[1, 1, C]` before the tokens of each image.
    ///
    /// @param tokens T
    Tensor prepend(Weight token, int tokens);

    /// `[N, T, C] -> [N, C]`: one of the tokens.
    Tensor token(int index);

    /// Multi-head attention: these queries, keys and values are each `[N, T, heads * width]`, and so is the result.
    ///
    /// @param dropout rate at which attention weights are dropped in training mode
    Tensor attention(Tensor keys, Tensor values, Heads heads, float dropout);

    /// In training mode sets values to zero at this rate and scales the others up.
    Tensor dropout(float rate);

    /// In training mode sets whole images to zero at this rate and scales the others up: stochastic depth, put on a
    /// residual branch (Huang et al. 2016; spec 2.0).
    Tensor dropPath(float rate);

    Tensor add(Constant value);

    Tensor multiply(float factor);

    /// Multiplies with a weight whose shape is broadcast to this one's.
    Tensor multiply(Weight value);

    Tensor tanh();

    /// `[N, ..., A, B]` times `[N, ..., B, C]` is `[N, ..., A, C]`.
    Tensor matmul(Tensor other);

    /// Puts tensors that differ in one dimension one after the other.
    Tensor concat(int axis, Tensor... others);

    /// The part of one dimension from `from` to before `to`.
    Tensor slice(int axis, int from, int to);

    /// Puts zeros before and after one dimension.
    Tensor pad(int axis, int before, int after);

    /// Adds to the logits `[N, heads, T, T]` of an attention what a table says of the pair of query and key: its row
    /// `index[q * T + k]`, a number per head.
    ///
    /// @param table `[rows, heads]`
    /// @param index `T * T` rows
    Tensor addPairs(Weight table, int[] index);
}

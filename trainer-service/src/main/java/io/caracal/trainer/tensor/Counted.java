package io.caracal.trainer.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Computes nothing and counts what would be: carries only a shape, and writes each operation's cost to a log. Needs no
/// engine and no memory for weights.
///
/// @param shape with a batch of 1
/// @param field what a place of this feature map sees; empty if this is no feature map
public record Counted(Shape shape, Optional<ReceptiveField> field, OperationLog log) implements Tensor {

    /// A normalised image, `[1, 3, size, size]`.
    public static Counted image(int size, OperationLog log) {
        return new Counted(new Shape(1, 3, size, size), Optional.of(ReceptiveField.PIXEL), log);
    }

    @Override
    public Tensor add(Tensor other) {
        Optional<ReceptiveField> sum = field.flatMap(mine -> raw(other).field.map(mine::or));
        return inside("add", sum);
    }

    @Override
    public Tensor add(Weight value) {
        return weighted(value, "add", shape, 0, field);
    }

    @Override
    public Tensor normalize(Normalization normalization) {
        Shape channelsFirst = new Shape(shape.get(0), shape.get(3), shape.get(1), shape.get(2));
        return beside("normalize", "normalize", channelsFirst, Optional.of(ReceptiveField.PIXEL));
    }

    @Override
    public Tensor linear(Weight weight, Weight bias) {
        return linear(weight);
    }

    @Override
    public Tensor linear(Weight weight) {
        long in = weight.shape()[1];
        require(in == last(), "a linear layer of " + in + " inputs");
        Shape result = withLast(weight.shape()[0]);
        return weighted(weight, "linear", result, result.size() * in, Optional.empty());
    }

    @Override
    public Tensor conv2d(Weight weight, Weight bias, int stride, int padding) {
        return conv2d(weight, stride, padding);
    }

    @Override
    public Tensor conv2d(Weight weight, int stride, int padding) {
        long[] kernel = weight.shape();
        require(shape.dimension() == 4 && kernel[1] == shape.get(1), "a convolution of " + kernel[1] + " channels");
        int window = (int) kernel[2];
        Shape result = new Shape(
                shape.get(0), kernel[0], places(2, window, stride, padding), places(3, window, stride, padding));
        long macs = result.size() / kernel[0] * weight.size();
        String kind = "conv " + window + "x" + window + "/" + stride;
        return weighted(weight, kind, result, macs, field.map(f -> f.through(window, stride)));
    }

    @Override
    public Tensor standardizedConv2d(Weight weight, float epsilon, int stride, int padding) {
        return conv2d(weight, stride, padding);
    }

    @Override
    public Tensor groupNorm(int groups, Weight scale, Weight shift, float epsilon) {
        require(shape.get(1) % groups == 0, "a group norm of " + groups + " groups");
        return weighted(scale, "group norm", shape, 0, field);
    }

    @Override
    public Tensor pad(int before, int after) {
        long around = (long) before + after;
        Shape result = new Shape(shape.get(0), shape.get(1), shape.get(2) + around, shape.get(3) + around);
        return beside("pad", "pad", result, field);
    }

    @Override
    public Tensor batchNorm(Statistics statistics, float momentum, float epsilon) {
        return weighted(statistics.scale(), "batch norm", shape, 0, field);
    }

    @Override
    public Tensor maxPool(int size) {
        return maxPool(size, size, 0);
    }

    @Override
    public Tensor maxPool(int kernel, int stride, int padding) {
        Shape result = new Shape(
                shape.get(0), shape.get(1), places(2, kernel, stride, padding), places(3, kernel, stride, padding));
        String kind = "max pool " + kernel + "x" + kernel + "/" + stride;
        return beside("max_pool", kind, result, field.map(f -> f.through(kernel, stride)));
    }

    @Override
    public Tensor globalAveragePool() {
        return counted("pool", "average pool", new Shape(shape.get(0), shape.get(1)), 0, Optional.empty());
    }

    @Override
    public Tensor layerNorm(Weight scale, Weight shift, float epsilon) {
        require(scale.size() == last(), "a layer norm of " + scale.size());
        return weighted(scale, "layer norm", shape, 0, Optional.empty());
    }

    @Override
    public Tensor relu() {
        return inside("relu", field);
    }

    @Override
    public Tensor gelu() {
        return inside("gelu", field);
    }

    @Override
    public Tensor softmax() {
        // Logits `[N, heads, T, T]` are those of an attention that is put together from single operations.
        Optional<Shape> scores = shape.dimension() == 4 ? Optional.of(shape) : Optional.empty();
        log.add(new Operation(log.latest(), "softmax", shape, 0, shape.size(), scores, Optional.empty()));
        return new Counted(shape, Optional.empty(), log);
    }

    @Override
    public Tensor mean(int axis) {
        return pooled("mean", axis);
    }

    @Override
    public Tensor reshape(long... wanted) {
        long[] known = wanted.clone();
        long product = 1;
        int open = -1;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == -1) {
                open = i;
                continue;
            }
            if (known[i] == 0) {
                known[i] = shape.get(i);
            }
            product *= known[i];
        }
        if (open >= 0) {
            known[open] = shape.size() / product;
            product *= known[open];
        }
        require(product == shape.size(), "a reshape to " + new Shape(wanted));
        return view(new Shape(known));
    }

    @Override
    public Tensor permute(int... axes) {
        long[] permuted = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            permuted[i] = shape.get(axes[i]);
        }
        return view(new Shape(permuted));
    }

    @Override
    public List<Tensor> split(int parts) {
        require(last() % parts == 0, "a split into " + parts);
        return Collections.nCopies(parts, view(withLast(last() / parts)));
    }

    @Override
    public Tensor prepend(Weight token, int tokens) {
        require(tokens == shape.get(1), "a token before " + tokens);
        Shape result = new Shape(shape.get(0), shape.get(1) + 1, shape.get(2));
        return weighted(token, "prepend", result, 0, Optional.empty());
    }

    @Override
    public Tensor token(int index) {
        return pooled("token", 1);
    }

    @Override
    public Tensor attention(Tensor keys, Tensor values, Heads heads, float dropout) {
        require(last() == heads.channels(), "an attention of " + heads.channels() + " channels");
        long pairs = shape.get(0) * shape.get(1) * raw(keys).shape.get(1);
        Shape scores = new Shape(
                shape.get(0), heads.count(), shape.get(1), raw(keys).shape.get(1));
        long macs = pairs * (last() + raw(values).last());
        Shape result = withLast(raw(values).last());
        long activations = result.size() + scores.size();
        log.add(new Operation(
                log.beside("attention"),
                "attention",
                result,
                macs,
                activations,
                Optional.of(scores),
                Optional.empty()));
        return new Counted(result, Optional.empty(), log);
    }

    @Override
    public Tensor dropout(float rate) {
        return this;
    }

    @Override
    public Tensor dropPath(float rate) {
        return this;
    }

    @Override
    public Tensor add(Constant value) {
        return inside("add", field);
    }

    @Override
    public Tensor multiply(float factor) {
        return inside("multiply", field);
    }

    @Override
    public Tensor multiply(Weight value) {
        return weighted(value, "multiply", shape, 0, field);
    }

    @Override
    public Tensor tanh() {
        return inside("tanh", field);
    }

    @Override
    public Tensor matmul(Tensor other) {
        Shape factor = raw(other).shape;
        int last = shape.dimension() - 1;
        require(
                factor.dimension() == shape.dimension()
                        && last() == factor.get(last - 1)
                        && shape.slice(0, last - 1).equals(factor.slice(0, last - 1)),
                "a product with " + factor);
        Shape result = withLast(factor.get(last));
        return counted(log.beside("matmul"), "matmul", result, result.size() * last(), Optional.empty());
    }

    @Override
    public Tensor concat(int axis, Tensor... others) {
        long[] dimensions = shape.getShape().clone();
        for (Tensor other : others) {
            dimensions[axis] += raw(other).shape.get(axis);
        }
        return beside("concat", "concat", new Shape(dimensions), field);
    }

    @Override
    public Tensor slice(int axis, int from, int to) {
        require(0 <= from && from < to && to <= shape.get(axis), "a slice from " + from + " to " + to);
        return new Counted(with(axis, to - from), field, log);
    }

    @Override
    public Tensor pad(int axis, int before, int after) {
        return beside("pad", "pad", with(axis, before + shape.get(axis) + after), field);
    }

    @Override
    public Tensor addPairs(Weight table, int[] index) {
        require(index.length == last() * last() && table.shape()[1] == shape.get(1), "a table of pairs");
        return weighted(table, "add", shape, 0, Optional.empty());
    }

    /// An operation with a weight, in that weight's layer.
    private Counted weighted(Weight weight, String kind, Shape result, long macs, Optional<ReceptiveField> sees) {
        return counted(log.enter(weight), kind, result, macs, sees);
    }

    /// An operation without weights that keeps the shape: part of the layer before it.
    private Counted inside(String kind, Optional<ReceptiveField> sees) {
        return counted(log.latest(), kind, shape, 0, sees);
    }

    /// An operation without weights that changes the shape: a layer of its own.
    private Counted beside(String name, String kind, Shape result, Optional<ReceptiveField> sees) {
        return counted(log.beside(name), kind, result, 0, sees);
    }

    /// What takes the tokens away comes after all layers: a layer of the model itself.
    private Counted pooled(String kind, int axis) {
        long[] left = new long[shape.dimension() - 1];
        for (int i = 0; i < left.length; i++) {
            left[i] = shape.get(i < axis ? i : i + 1);
        }
        return counted("pool", kind, new Shape(left), 0, Optional.empty());
    }

    private Counted counted(String layer, String kind, Shape result, long macs, Optional<ReceptiveField> sees) {
        log.add(new Operation(layer, kind, result, macs, result.size(), Optional.empty(), sees));
        return new Counted(result, sees, log);
    }

    private Counted view(Shape same) {
        return new Counted(same, Optional.empty(), log);
    }

    private long places(int axis, int window, int stride, int padding) {
        long places = (shape.get(axis) + 2L * padding - window) / stride + 1;
        require(shape.get(axis) + 2L * padding >= window, "a window of " + window);
        return places;
    }

    private long last() {
        return shape.get(shape.dimension() - 1);
    }

    private Shape withLast(long size) {
        return with(shape.dimension() - 1, size);
    }

    private Shape with(int axis, long size) {
        long[] dimensions = shape.getShape().clone();
        dimensions[axis] = size;
        return new Shape(dimensions);
    }

    private void require(boolean fits, String what) {
        if (!fits) {
            throw new IllegalArgumentException(what + " does not fit " + shape);
        }
    }

    private static Counted raw(Tensor tensor) {
        return (Counted) tensor;
    }
}

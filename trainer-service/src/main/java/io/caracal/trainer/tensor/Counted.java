package io.caracal.trainer.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Computes nothing and counts what would be: carries only a shape, and writes each operation's cost to a log. Needs no
/// engine and no memory for weights.
///
/// @param shape with a batch of 1
/// @param places where in the image the numbers come from; empty if that is lost
/// @param mask what forbids pairs of query and key, from the logits of an attention to its product with the values
public record Counted(Shape shape, Optional<Places> places, Optional<Mask> mask, OperationLog log) implements Tensor {
    private static final int WITH_HEADS = 4;

    Counted(Shape shape, Optional<Places> places, OperationLog log) {
        this(shape, places, Optional.empty(), log);
    }

    /// A normalised image, `[1, 3, size, size]`.
    public static Counted image(int size, OperationLog log) {
        return new Counted(new Shape(1, 3, size, size), Optional.of(Places.image(size)), log);
    }

    @Override
    public Tensor add(Tensor other) {
        Optional<Places> sum = places.flatMap(mine -> raw(other).places.map(mine::and));
        return inside("add", sum);
    }

    @Override
    public Tensor add(Weight value) {
        return weighted(value, "add", shape, 0, places);
    }

    @Override
    public Tensor normalize(Normalization normalization) {
        Shape channelsFirst = new Shape(shape.get(0), shape.get(3), shape.get(1), shape.get(2));
        return beside("normalize", "normalize", channelsFirst, Optional.of(Places.image(shape.get(1))));
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
        return weighted(weight, "linear", result, result.size() * in, readingLast(weight.shape()[0]));
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
                shape.get(0), kernel[0], positions(2, window, stride, padding), positions(3, window, stride, padding));
        long macs = result.size() / kernel[0] * weight.size();
        String kind = "conv " + window + "x" + window + "/" + stride;
        return weighted(weight, kind, result, macs, places.flatMap(from -> from.window(window, stride, result)));
    }

    @Override
    public Tensor standardizedConv2d(Weight weight, Standardization standardization, int stride, int padding) {
        return conv2d(weight, stride, padding);
    }

    @Override
    public Tensor groupNorm(int groups, Weight scale, Weight shift, float epsilon) {
        require(shape.get(1) % groups == 0, "a group norm of " + groups + " groups");
        return weighted(scale, "group norm", shape, 0, places);
    }

    @Override
    public Tensor pad(int before, int after) {
        long around = (long) before + after;
        Shape result = new Shape(shape.get(0), shape.get(1), shape.get(2) + around, shape.get(3) + around);
        Optional<Places> from =
                places.flatMap(map -> map.resized(2, result.get(2))).flatMap(map -> map.resized(3, result.get(3)));
        return beside("pad", "pad", result, from);
    }

    @Override
    public Tensor batchNorm(Statistics statistics, float momentum, float epsilon) {
        return weighted(statistics.scale(), "batch norm", shape, 0, places);
    }

    @Override
    public Tensor maxPool(int size) {
        return maxPool(size, size, 0);
    }

    @Override
    public Tensor maxPool(int kernel, int stride, int padding) {
        Shape result = new Shape(
                shape.get(0),
                shape.get(1),
                positions(2, kernel, stride, padding),
                positions(3, kernel, stride, padding));
        String kind = "max pool " + kernel + "x" + kernel + "/" + stride;
        return beside("max_pool", kind, result, places.flatMap(from -> from.window(kernel, stride, result)));
    }

    @Override
    public Tensor globalAveragePool() {
        return counted("pool", "average pool", new Shape(shape.get(0), shape.get(1)), 0, Optional.empty());
    }

    @Override
    public Tensor layerNorm(Weight scale, Weight shift, float epsilon) {
        require(scale.size() == last(), "a layer norm of " + scale.size());
        return weighted(scale, "layer norm", shape, 0, readingLast(last()));
    }

    @Override
    public Tensor relu() {
        return inside("relu", places);
    }

    @Override
    public Tensor gelu() {
        return inside("gelu", places);
    }

    @Override
    public Tensor geluTanh() {
        return inside("gelu", places);
    }

    @Override
    public Tensor softmax() {
        // Logits `[N, heads, T, T]` are those of an attention that is put together from single operations.
        Optional<Operation.Attention> part = Optional.of(shape)
                .filter(logits -> logits.dimension() == 4)
                .map(logits -> new Operation.Attention(Optional.of(logits), 0));
        log.add(new Operation(log.latest(), "softmax", shape, 0, shape.size(), part, places.flatMap(Places::field)));
        return this;
    }

    @Override
    public Tensor softmax(Constant further) {
        long tokens = further.shape()[0];
        require(tokens == shape.get(2) && tokens == last(), "one more logit in each of " + tokens + " rows");
        return softmax();
    }

    @Override
    public Tensor mean(int axis) {
        return pooled("mean", axis, places.map(from -> from.reading(axis).without(axis)));
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
        Shape reshaped = new Shape(known);
        return new Counted(reshaped, places.flatMap(from -> from.reshaped(reshaped)), log);
    }

    @Override
    public Tensor permute(int... axes) {
        long[] permuted = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            permuted[i] = shape.get(axes[i]);
        }
        return new Counted(new Shape(permuted), places.map(from -> from.permuted(axes)), log);
    }

    @Override
    public List<Tensor> split(int parts) {
        require(last() % parts == 0, "a split into " + parts);
        int last = shape.dimension() - 1;
        Shape part = withLast(last() / parts);
        return Collections.nCopies(
                parts, new Counted(part, places.map(from -> from.channels(last, part.get(last))), log));
    }

    @Override
    public Tensor prepend(Weight token, int tokens) {
        require(tokens == shape.get(1), "a token before " + tokens);
        Shape result = new Shape(shape.get(0), shape.get(1) + 1, shape.get(2));
        return weighted(token, "prepend", result, 0, places.map(from -> from.behind(1, 1)));
    }

    @Override
    public Tensor token(int index) {
        return pooled("token", 1, places.map(from -> from.without(1)));
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
        Optional<Places> from = places.flatMap(asking ->
                raw(values).places.map(read -> asking.and(read.reading(1)).channels(2, result.get(2))));
        log.add(new Operation(
                log.beside("attention"),
                "attention",
                result,
                macs,
                activations,
                Optional.of(new Operation.Attention(Optional.of(scores), 0)),
                from.flatMap(Places::field)));
        return new Counted(result, from, log);
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
        inside("add", places);
        return new Counted(shape, places, Mask.of(value).or(() -> mask), log);
    }

    @Override
    public Tensor multiply(float factor) {
        return inside("multiply", places);
    }

    @Override
    public Tensor multiply(Weight value) {
        return weighted(value, "multiply", shape, 0, places);
    }

    @Override
    public Tensor tanh() {
        return inside("tanh", places);
    }

    /// With heads, `[N, heads, T, width]`, one of the two products of an attention; else a pooling of tokens.
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
        // What is masked is known only after queries have met keys, which has spent as much on it.
        long heads = shape.slice(0, last - 1).size();
        long masked =
                mask.map(known -> 2 * known.forbidden(heads) * factor.get(last)).orElse(0L);
        Optional<Places> from = places.flatMap(mine -> raw(other).places.flatMap(read -> mine.times(read, mask)));
        log.add(new Operation(
                log.beside("attention"),
                "product",
                result,
                result.size() * last(),
                result.size(),
                shape.dimension() >= WITH_HEADS
                        ? Optional.of(new Operation.Attention(Optional.empty(), masked))
                        : Optional.empty(),
                from.flatMap(Places::field)));
        return new Counted(result, from, log);
    }

    @Override
    public Tensor concat(int axis, Tensor... others) {
        long size = shape.get(axis);
        Optional<Places> from = places;
        for (Tensor other : others) {
            size += raw(other).shape.get(axis);
            from = from.flatMap(mine -> raw(other).places.map(mine::and));
        }
        long all = size;
        return beside("concat", "concat", with(axis, all), from.flatMap(mine -> mine.resized(axis, all)));
    }

    @Override
    public Tensor slice(int axis, int from, int to) {
        require(0 <= from && from < to && to <= shape.get(axis), "a slice from " + from + " to " + to);
        return new Counted(with(axis, to - from), places.flatMap(all -> all.cut(axis, to - from)), log);
    }

    @Override
    public Tensor pad(int axis, int before, int after) {
        long size = before + shape.get(axis) + after;
        return beside("pad", "pad", with(axis, size), places.flatMap(from -> from.resized(axis, size)));
    }

    @Override
    public Tensor addPairs(Weight table, int[] index) {
        require(index.length == last() * last() && table.shape()[1] == shape.get(1), "a table of pairs");
        return weighted(table, "add", shape, 0, places);
    }

    /// An operation with a weight, in that weight's layer.
    private Counted weighted(Weight weight, String kind, Shape result, long macs, Optional<Places> from) {
        return counted(log.enter(weight), kind, result, macs, from);
    }

    /// An operation without weights that keeps the shape: part of the layer before it.
    private Counted inside(String kind, Optional<Places> from) {
        return counted(log.latest(), kind, shape, 0, from);
    }

    /// An operation without weights that changes the shape: a layer of its own.
    private Counted beside(String name, String kind, Shape result, Optional<Places> from) {
        return counted(log.beside(name), kind, result, 0, from);
    }

    /// What takes the tokens away comes after all layers: a layer of the model itself.
    private Counted pooled(String kind, int axis, Optional<Places> from) {
        long[] left = new long[shape.dimension() - 1];
        for (int i = 0; i < left.length; i++) {
            left[i] = shape.get(i < axis ? i : i + 1);
        }
        return counted("pool", kind, new Shape(left), 0, from);
    }

    private Counted counted(String layer, String kind, Shape result, long macs, Optional<Places> from) {
        log.add(new Operation(layer, kind, result, macs, result.size(), Optional.empty(), from.flatMap(Places::field)));
        return new Counted(result, from, log);
    }

    /// After the last dimension has been read as a whole, of which this many numbers come.
    private Optional<Places> readingLast(long size) {
        int axis = shape.dimension() - 1;
        return places.map(from -> from.reading(axis).channels(axis, size));
    }

    private long positions(int axis, int window, int stride, int padding) {
        long positions = (shape.get(axis) + 2L * padding - window) / stride + 1;
        require(shape.get(axis) + 2L * padding >= window, "a window of " + window);
        return positions;
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

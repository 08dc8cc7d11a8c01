package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.Arrays;
import java.util.List;

/// Runs operations now, on a native array.
///
/// The engine gives a result to the manager of the operation's first operand. All results here start from the input,
/// never from a weight, so they all belong to the manager that the input came with and go away with it.
///
/// Nothing that a gradient needs later may be freed before that. Constants are therefore arrays that are kept: the
/// engine's operations with a Java number free theirs on return, while the backward pass still reads it.
///
/// @param training whether dropout drops and batch statistics are used
/// @param dropout how values are dropped then
/// @param constants on the same device
public record Eager(NDArray array, boolean training, Dropout dropout, Constants constants) implements Tensor {
    private static final Shape NONE = new Shape(0, 0);
    private static final Shape EVERY = new Shape(1, 1);

    /// Another array in the same mode.
    public Eager of(NDArray other) {
        return new Eager(other, training, dropout, constants);
    }

    @Override
    public Tensor add(Tensor other) {
        return of(array.add(raw(other)));
    }

    @Override
    public Tensor add(Weight value) {
        return of(array.add(value.array()));
    }

    /// The result is a view: in memory the channels stay last, and the engine's convolutions keep that order, which is
    /// the faster one on a CPU.
    @Override
    public Tensor normalize(Normalization normalization) {
        NDArray floats = array.transpose(0, 3, 1, 2).toType(DataType.FLOAT32, true);
        if (normalization.onlyScales()) {
            return of(floats.muli(constants.number(normalization.scale(0))));
        }
        Constants.PerChannel each = constants.perChannel(normalization);
        return of(floats.muli(each.scales()).addi(each.shifts()));
    }

    @Override
    public Tensor linear(Weight weight, Weight bias) {
        return of(operations().linear(array, weight.array(), bias.array()));
    }

    @Override
    public Tensor linear(Weight weight) {
        return of(operations().linear(array, weight.array(), null));
    }

    @Override
    public Tensor conv2d(Weight weight, Weight bias, int stride, int padding) {
        return of(operations()
                .convolution(
                        array,
                        weight.array(),
                        bias.array(),
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        EVERY,
                        1));
    }

    @Override
    public Tensor conv2d(Weight weight, int stride, int padding) {
        return of(operations()
                .convolution(
                        array, weight.array(), null, new Shape(stride, stride), new Shape(padding, padding), EVERY, 1));
    }

    @Override
    public Tensor batchNorm(Statistics of, float momentum, float epsilon) {
        return of(operations()
                .batchNorm(
                        array,
                        of.mean().array(),
                        of.variance().array(),
                        of.scale().array(),
                        of.shift().array(),
                        -1, // the second dimension, without moving it
                        1 - momentum, // DJL counts the share of the old value
                        epsilon,
                        training && !of.mean().frozen()));
    }

    /// For the engine's batch norm an image of one row per kernel is the same thing, and one pass. What divides
    /// by the deviation is put together from single operations.
    @Override
    public Tensor standardizedConv2d(Weight weight, Standardization standardization, int stride, int padding) {
        long[] shape = weight.shape();
        NDArray rows = here(weight.array(), 1, shape[0], -1);
        NDArray standardized =
                switch (standardization) {
                    case Standardization.ByVariance(float epsilon) ->
                        normalizedRows(rows, shape[0], epsilon).reshape(shape);
                    case Standardization.ByDeviation(float epsilon) ->
                        overDeviation(rows, epsilon).reshape(shape);
                };
        return of(operations()
                .convolution(
                        array, standardized, null, new Shape(stride, stride), new Shape(padding, padding), EVERY, 1));
    }

    @Override
    public Tensor groupNorm(int groups, Weight scale, Weight shift, float epsilon) {
        Shape shape = array.getShape();
        long rows = shape.get(0) * groups;
        NDArray normalized =
                normalizedRows(array.reshape(1, rows, -1), rows, epsilon).reshape(shape);
        NDManager manager = array.getManager();
        Shape channels = new Shape(shape.get(1));
        // In evaluation mode with a mean of 0 and a variance of 1 only scale and shift are left.
        return of(normalized
                .getNDArrayInternal()
                .batchNorm(
                        normalized,
                        manager.zeros(channels),
                        manager.ones(channels),
                        scale.array(),
                        shift.array(),
                        -1,
                        1,
                        0,
                        false));
    }

    @Override
    public Tensor pad(int before, int after) {
        return of(array.pad(new Shape(before, after, before, after), 0));
    }

    @Override
    public Tensor maxPool(int size) {
        Shape window = new Shape(size, size);
        return of(operations().maxPool(window, window, NONE, false));
    }

    @Override
    public Tensor maxPool(int kernel, int stride, int padding) {
        return of(operations()
                .maxPool(new Shape(kernel, kernel), new Shape(stride, stride), new Shape(padding, padding), false));
    }

    @Override
    public Tensor globalAveragePool() {
        return of(operations().globalAvgPool());
    }

    @Override
    public Tensor layerNorm(Weight scale, Weight shift, float epsilon) {
        return of(operations().layerNorm(array, new Shape(scale.shape()), scale.array(), shift.array(), epsilon));
    }

    @Override
    public Tensor relu() {
        return of(operations().relu());
    }

    @Override
    public Tensor gelu() {
        return of(operations().gelu());
    }

    @Override
    public Tensor geluTanh() {
        NDArray half = constants.number(.5f);
        NDArray cubic = constants.number(.044715f);
        NDArray scale = constants.number((float) Math.sqrt(2 / Math.PI));
        NDArray cubed = array.mul(array).mul(array);
        NDArray halved = array.mul(half);
        return of(array.add(cubed.mul(cubic)).mul(scale).tanh().mul(halved).add(halved));
    }

    @Override
    public Tensor softmax() {
        return of(array.softmax(-1));
    }

    @Override
    public Tensor softmax(Constant further) {
        int tokens = further.values().length;
        return of(((Eager) pad(3, 0, 1)).array.add(constants.behindZeros(further)))
                .softmax()
                .slice(3, 0, tokens);
    }

    @Override
    public Tensor mean(int axis) {
        return of(array.mean(new int[] {axis}));
    }

    @Override
    public Tensor reshape(long... shape) {
        long[] known = shape.clone();
        for (int i = 0; i < known.length; i++) {
            if (known[i] == 0) {
                known[i] = array.getShape().get(i);
            }
        }
        return of(array.reshape(known));
    }

    @Override
    public Tensor permute(int... axes) {
        return of(array.transpose(axes));
    }

    @Override
    public List<Tensor> split(int parts) {
        return array.split(parts, array.getShape().dimension() - 1).stream()
                .map(part -> (Tensor) of(part))
                .toList();
    }

    @Override
    public Tensor prepend(Weight token, int tokens) {
        Shape one = new Shape(array.getShape().get(0), 1, array.getShape().get(2));
        NDArray rows = array.getManager().zeros(one).add(token.array());
        return of(rows.concat(array, 1));
    }

    @Override
    public Tensor token(int index) {
        return of(array.get(":, {}", index));
    }

    @Override
    public Tensor attention(Tensor keys, Tensor values, Heads heads, float dropout) {
        NDArray queries = byHead(array, heads).mul(constants.number(heads.scale()));
        NDArray weights =
                queries.matMul(byHead(raw(keys), heads).swapAxes(2, 3)).softmax(-1);
        NDArray mixed = raw(of(weights).dropout(dropout)).matMul(byHead(raw(values), heads));
        return of(mixed.swapAxes(1, 2)).reshape(0, 0, heads.channels());
    }

    @Override
    public Tensor dropout(float rate) {
        return training && rate > 0 ? of(dropout.of(array, rate)) : this;
    }

    @Override
    public Tensor dropPath(float rate) {
        if (!training || rate == 0) {
            return this;
        }
        long[] each = new long[array.getShape().dimension()];
        Arrays.fill(each, 1);
        each[0] = array.getShape().get(0);
        NDArray ones = array.getManager().ones(new Shape(each));
        return of(array.mul(dropout.of(ones, rate)));
    }

    @Override
    public Tensor add(Constant value) {
        return of(array.add(constants.table(value)));
    }

    @Override
    public Tensor multiply(float factor) {
        return of(array.mul(constants.number(factor)));
    }

    @Override
    public Tensor multiply(Weight value) {
        return of(array.mul(value.array()));
    }

    @Override
    public Tensor tanh() {
        return of(array.tanh());
    }

    @Override
    public Tensor matmul(Tensor other) {
        return of(array.matMul(raw(other)));
    }

    @Override
    public Tensor concat(int axis, Tensor... others) {
        NDList all = new NDList(array);
        for (Tensor other : others) {
            all.add(raw(other));
        }
        return of(NDArrays.concat(all, axis));
    }

    @Override
    public Tensor slice(int axis, int from, int to) {
        return of(array.get(new NDIndex().addAllDim(axis).addSliceDim(from, to)));
    }

    /// The engine counts from the last dimension.
    @Override
    public Tensor pad(int axis, int before, int after) {
        long[] padding = new long[2 * (array.getShape().dimension() - axis)];
        padding[padding.length - 2] = before;
        padding[padding.length - 1] = after;
        return of(array.pad(new Shape(padding), 0));
    }

    @Override
    public Tensor addPairs(Weight table, int[] index) {
        long tokens = array.getShape().get(2);
        NDArray rows = here(constants.index(index), -1);
        NDArray pairs = rows.getNDArrayInternal()
                .embedding(rows, table.array(), SparseFormat.DENSE)
                .singletonOrThrow(); // [T * T, heads]
        return of(array.add(pairs.reshape(tokens, tokens, -1).transpose(2, 0, 1)));
    }

    /// `[N, T, heads * width] -> [N, heads, T, width]`
    private NDArray byHead(NDArray x, Heads heads) {
        return x.reshape(x.getShape().get(0), x.getShape().get(1), heads.count(), heads.width())
                .swapAxes(1, 2);
    }

    /// Each row of `[1, rows, L]` to a mean of 0 and a variance of 1.
    private NDArray normalizedRows(NDArray x, long rows, float epsilon) {
        NDManager manager = array.getManager();
        Shape each = new Shape(rows);
        return x.getNDArrayInternal()
                .batchNorm(
                        x,
                        manager.zeros(each),
                        manager.ones(each),
                        manager.ones(each),
                        manager.zeros(each),
                        -1,
                        1,
                        epsilon,
                        true)
                .singletonOrThrow();
    }

    /// Each row of `[1, rows, L]`, less its mean, by its deviation and epsilon. At a variance of 0 the root has no
    /// gradient, at the smallest normal number it has.
    private NDArray overDeviation(NDArray x, float epsilon) {
        int[] last = {2};
        NDArray centred = x.sub(x.mean(last, true));
        NDArray variance = centred.mul(centred).mean(last, true);
        NDArray deviation =
                variance.add(constants.number(Float.MIN_NORMAL)).sqrt().add(constants.number(epsilon));
        return centred.div(deviation);
    }

    /// A view of what is kept, a weight or a constant, that belongs to the input's manager, so that what is made from
    /// it does as well.
    private NDArray here(NDArray kept, long... shape) {
        NDArray view = kept.reshape(shape);
        view.attach(array.getManager());
        return view;
    }

    private NDArrayEx operations() {
        return array.getNDArrayInternal();
    }

    private Eager of(NDList only) {
        return of(only.singletonOrThrow());
    }

    private static NDArray raw(Tensor tensor) {
        return ((Eager) tensor).array;
    }
}

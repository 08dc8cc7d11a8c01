package io.caracal.trainer.tensor;

import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Appends operations to an ONNX graph, as they are in evaluation mode.
public final class Traced implements Tensor {
    private final Graph graph;
    private final Edge edge;
    private final Written written;

    private Traced(Graph graph, Edge edge, Written written) {
        this.graph = graph;
        this.edge = edge;
        this.written = written;
    }

    /// @param edge of the graph, to begin with
    /// @param names the name of every weight in the model
    public Traced(Graph graph, Edge edge, Map<Weight, String> names) {
        this(graph, edge, new Written(graph, names));
    }

    /// What this tensor is in the graph.
    public Edge edge() {
        return edge;
    }

    @Override
    public Tensor add(Tensor other) {
        return of(graph.op("Add", edge, raw(other)).edge());
    }

    @Override
    public Tensor add(Weight value) {
        return of(graph.op("Add", edge, weight(value)).edge());
    }

    @Override
    public Tensor normalize(Normalization normalization) {
        Edge x = graph.op("Cast", edge).with("to", ElementType.FLOAT).edge();
        if (normalization.onlyScales()) {
            x = graph.op("Mul", x, scalar("scale", normalization.scale(0))).edge();
        } else {
            x = graph.op("Mul", x, perChannel("scale", normalization.scales())).edge();
            x = graph.op("Add", x, perChannel("shift", normalization.shifts())).edge();
        }
        return of(x).permute(0, 3, 1, 2);
    }

    @Override
    public Tensor linear(Weight weight, Weight bias) {
        return linear(weight).add(bias);
    }

    @Override
    public Tensor linear(Weight weight) {
        return of(graph.op("MatMul", edge, transposed(weight)).edge());
    }

    @Override
    public Tensor conv2d(Weight weight, Weight bias, int stride, int padding) {
        return of(graph.op("Conv", edge, weight(weight), weight(bias))
                .with("strides", new long[] {stride, stride})
                .with("pads", new long[] {padding, padding, padding, padding})
                .edge());
    }

    @Override
    public Tensor conv2d(Weight weight, int stride, int padding) {
        return of(graph.op("Conv", edge, weight(weight))
                .with("strides", new long[] {stride, stride})
                .with("pads", new long[] {padding, padding, padding, padding})
                .edge());
    }

    @Override
    public Tensor batchNorm(Statistics of, float momentum, float epsilon) {
        return of(graph.op(
                        "BatchNormalization",
                        edge,
                        weight(of.scale()),
                        weight(of.shift()),
                        weight(of.mean()),
                        weight(of.variance()))
                .with("epsilon", epsilon)
                .edge());
    }

    /// The weight is written down standardised: it changes no more.
    @Override
    public Tensor standardizedConv2d(Weight weight, Standardization standardization, int stride, int padding) {
        Edge standardized = written.weight(weight, weight.shape(), () -> standardized(weight, standardization));
        return of(graph.op("Conv", edge, standardized)
                .with("strides", new long[] {stride, stride})
                .with("pads", new long[] {padding, padding, padding, padding})
                .edge());
    }

    /// ONNX's own GroupNormalization is a function that ONNX Runtime takes apart; this is what it becomes. The mean is
    /// taken out first as in [#layerNorm]: ONNX Runtime adds thousands of floats up, and what is lost there matters
    /// in maps of almost one value. The shape is restored from the input's: a graph does not know its maps' size.
    @Override
    public Tensor groupNorm(int groups, Weight scale, Weight shift, float epsilon) {
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        Edge grouped =
                graph.op("Reshape", edge, graph.longs("shape", 0, groups, -1)).edge();
        Edge mean = graph.op("ReduceMean", grouped, graph.longs("axes", -1))
                .with("keepdims", 1)
                .edge();
        Edge normalized = graph.op(
                        "InstanceNormalization",
                        graph.op("Sub", grouped, mean).edge(),
                        floats("ones", new long[] {groups}, ones),
                        floats("zeros", new long[] {groups}, new float[groups]))
                .with("epsilon", epsilon)
                .edge();
        Edge maps =
                graph.op("Reshape", normalized, graph.op("Shape", edge).edge()).edge();
        Edge scaled = graph.op("Mul", maps, perMap(scale)).edge();
        return of(graph.op("Add", scaled, perMap(shift)).edge());
    }

    /// ONNX Runtime moves a padding with zeros into a max pool after it, which pads with minus infinity (so does
    /// onnx-simplifier, its issue 290). The smallest normal number is not moved, and vanishes in every sum.
    @Override
    public Tensor pad(int before, int after) {
        Edge pads = graph.longs("pads", 0, 0, before, before, 0, 0, after, after);
        return of(graph.op("Pad", edge, pads, scalar("zero", Float.MIN_NORMAL)).edge());
    }

    @Override
    public Tensor maxPool(int size) {
        return of(graph.op("MaxPool", edge)
                .with("kernel_shape", new long[] {size, size})
                .with("strides", new long[] {size, size})
                .edge());
    }

    @Override
    public Tensor maxPool(int kernel, int stride, int padding) {
        return of(graph.op("MaxPool", edge)
                .with("kernel_shape", new long[] {kernel, kernel})
                .with("strides", new long[] {stride, stride})
                .with("pads", new long[] {padding, padding, padding, padding})
                .edge());
    }

    @Override
    public Tensor globalAveragePool() {
        return of(graph.op("ReduceMean", edge, graph.longs("axes", 2, 3))
                .with("keepdims", 0)
                .edge());
    }

    /// ONNX Runtime takes the variance as the mean of the squares less the square of the mean, in floats. Of a patch of
    /// one colour that leaves rounding errors as large as epsilon; with the mean gone before, nothing is
    /// left to cancel.
    @Override
    public Tensor layerNorm(Weight scale, Weight shift, float epsilon) {
        Edge mean = graph.op("ReduceMean", edge, graph.longs("axes", -1))
                .with("keepdims", 1)
                .edge();
        Edge centred = graph.op("Sub", edge, mean).edge();
        return of(graph.op("LayerNormalization", centred, weight(scale), weight(shift))
                .with("epsilon", epsilon)
                .edge());
    }

    @Override
    public Tensor relu() {
        return of(graph.op("Relu", edge).edge());
    }

    @Override
    public Tensor gelu() {
        return of(graph.op("Gelu", edge).edge());
    }

    @Override
    public Tensor geluTanh() {
        return of(graph.op("Gelu", edge).with("approximate", "tanh").edge());
    }

    @Override
    public Tensor softmax() {
        return of(graph.op("Softmax", edge).with("axis", -1).edge());
    }

    @Override
    public Tensor softmax(Constant further) {
        int tokens = further.values().length;
        return pad(3, 0, 1).add(further.behindZeros()).softmax().slice(3, 0, tokens);
    }

    @Override
    public Tensor mean(int axis) {
        return of(graph.op("ReduceMean", edge, graph.longs("axes", axis))
                .with("keepdims", 0)
                .edge());
    }

    @Override
    public Tensor reshape(long... shape) {
        return of(graph.op("Reshape", edge, graph.longs("shape", shape)).edge());
    }

    @Override
    public Tensor permute(int... axes) {
        return of(graph.op("Transpose", edge)
                .with("perm", Arrays.stream(axes).asLongStream().toArray())
                .edge());
    }

    @Override
    public List<Tensor> split(int parts) {
        return graph.op("Split", edge).with("axis", -1).with("num_outputs", parts).edges(parts).stream()
                .map(part -> (Tensor) of(part))
                .toList();
    }

    /// One row of zeros is put before the tokens and the token, with as many rows of zeros behind it, is added: to
    /// repeat the token for each image would need the batch's size in the graph. ONNX Runtime pads the token
    /// once, when the model is loaded.
    @Override
    public Tensor prepend(Weight token, int tokens) {
        Edge padded =
                graph.op("Pad", edge, graph.longs("pads", 0, 1, 0, 0, 0, 0)).edge();
        Edge first = graph.op("Pad", weight(token), graph.longs("pads", 0, 0, 0, 0, tokens, 0))
                .edge();
        return of(graph.op("Add", padded, first).edge());
    }

    @Override
    public Tensor token(int index) {
        return of(graph.op("Gather", edge, graph.index("index", index))
                .with("axis", 1)
                .edge());
    }

    @Override
    public Tensor attention(Tensor keys, Tensor values, Heads heads, float dropout) {
        return of(graph.microsoft("MultiHeadAttention", edge, raw(keys), raw(values))
                .with("num_heads", heads.count())
                .edge());
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
        return of(graph.op("Add", edge, floats("table", value.shape(), value.values()))
                .edge());
    }

    @Override
    public Tensor multiply(float factor) {
        return of(graph.op("Mul", edge, scalar("factor", factor)).edge());
    }

    @Override
    public Tensor multiply(Weight value) {
        return of(graph.op("Mul", edge, weight(value)).edge());
    }

    @Override
    public Tensor tanh() {
        return of(graph.op("Tanh", edge).edge());
    }

    @Override
    public Tensor matmul(Tensor other) {
        return of(graph.op("MatMul", edge, raw(other)).edge());
    }

    @Override
    public Tensor concat(int axis, Tensor... others) {
        Edge[] all = Stream.concat(Stream.of(edge), Arrays.stream(others).map(Traced::raw))
                .toArray(Edge[]::new);
        return of(graph.op("Concat", all).with("axis", axis).edge());
    }

    @Override
    public Tensor slice(int axis, int from, int to) {
        return of(
                graph.op("Slice", edge, graph.longs("starts", from), graph.longs("ends", to), graph.longs("axes", axis))
                        .edge());
    }

    @Override
    public Tensor pad(int axis, int before, int after) {
        return of(
                graph.op("Pad", edge, graph.longs("pads", before, after), scalar("zero", 0), graph.longs("axes", axis))
                        .edge());
    }

    @Override
    public Tensor addPairs(Weight table, int[] index) {
        int tokens = (int) Math.round(Math.sqrt(index.length));
        Edge rows = written.longs("index", Arrays.stream(index).asLongStream().toArray());
        Edge pairs = graph.op("Gather", weight(table), rows).with("axis", 0).edge(); // [T * T, heads]
        Tensor perHead = of(pairs).reshape(tokens, tokens, -1).permute(2, 0, 1);
        return add(perHead);
    }

    private Edge weight(Weight weight) {
        return written.weight(weight, weight.shape(), weight::values);
    }

    /// `[O, I] -> [I, O]`
    private Edge transposed(Weight weight) {
        int rows = (int) weight.shape()[0];
        int columns = (int) weight.shape()[1];
        return written.weight(weight, new long[] {columns, rows}, () -> transposed(weight.values(), rows, columns));
    }

    static float[] transposed(float[] from, int rows, int columns) {
        float[] to = new float[from.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column * rows + row] = from[row * columns + column];
            }
        }
        return to;
    }

    private static float[] standardized(Weight weight, Standardization standardization) {
        float[] values = weight.values();
        int rows = (int) weight.shape()[0];
        int length = values.length / rows;
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += values[row * length + i];
            }
            double mean = sum / length;
            double squares = 0;
            for (int i = 0; i < length; i++) {
                squares += (values[row * length + i] - mean) * (values[row * length + i] - mean);
            }
            double divisor = standardization.divisor(squares / length);
            for (int i = 0; i < length; i++) {
                result[row * length + i] = (float) ((values[row * length + i] - mean) / divisor);
            }
        }
        return result;
    }

    /// `[C] -> [C, 1, 1]`
    private Edge perMap(Weight weight) {
        return written.weight(weight, new long[] {weight.size(), 1, 1}, weight::values);
    }

    private Edge perChannel(String name, float[] values) {
        return floats(name, new long[] {3}, values);
    }

    private Edge scalar(String name, float value) {
        return floats(name, new long[0], value);
    }

    private Edge floats(String name, long[] shape, float... values) {
        return written.floats(name, shape, values);
    }

    private Traced of(Edge next) {
        return new Traced(graph, next, written);
    }

    private static Edge raw(Tensor tensor) {
        return ((Traced) tensor).edge;
    }
}

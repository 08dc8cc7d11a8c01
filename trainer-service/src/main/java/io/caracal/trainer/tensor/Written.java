package io.caracal.trainer.tensor;

import io.caracal.onnx.Edge;
import io.caracal.onnx.Graph;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The numbers of a model in its graph. Each is there once: a weight that is used twice, a mask that all layers have.
final class Written {
    /// Before the names of numbers that are no weights. No weight has a slash in its name.
    private static final String CONSTANT = "constant/";

    private final Graph graph;
    private final Map<Weight, String> names;
    private final Map<Weight, Map<List<Long>, Edge>> weights = new HashMap<>();
    /// By name, shape and, as buffers are compared by what is in them, by value.
    private final Map<List<Object>, Edge> constants = new HashMap<>();

    /// @param names the name of every weight in the model
    Written(Graph graph, Map<Weight, String> names) {
        this.graph = graph;
        this.names = Map.copyOf(names);
    }

    /// Whether an initializer of such a graph is no weight.
    static boolean isConstant(String name) {
        return name.startsWith(CONSTANT);
    }

    /// @param values of this shape; asked for the first time
    Edge weight(Weight weight, long[] shape, Supplier<float[]> values) {
        return weights.computeIfAbsent(weight, _ -> new HashMap<>())
                .computeIfAbsent(list(shape), _ -> graph.floats(names.get(weight), shape, values.get()));
    }

    Edge floats(String name, long[] shape, float... values) {
        return constants.computeIfAbsent(
                List.of(name, list(shape), FloatBuffer.wrap(values)),
                _ -> graph.floats(CONSTANT + name, shape, values));
    }

    Edge longs(String name, long... values) {
        return constants.computeIfAbsent(
                List.of(name, LongBuffer.wrap(values)), _ -> graph.longs(CONSTANT + name, values));
    }

    private static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}

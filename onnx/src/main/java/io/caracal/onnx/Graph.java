package io.caracal.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An ONNX graph under construction. Nodes are written in the order in which they are added, so an edge always exists
/// before it is used. Not safe for use by several threads.
public final class Graph {

    /// A dimension that is left open in a shape.
    public static final long BATCH = -1;

    private static final String STANDARD = "";

    private final Versions versions;
    private final Proto nodes = new Proto();
    private final Proto weights = new Proto();
    private final Proto ends = new Proto();
    private final String name;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> domains = new TreeMap<>();

    public Graph(String name) {
        this(name, Versions.OPSET_20);
    }

    public Graph(String name, Versions versions) {
        this.name = name;
        this.versions = versions;
        domains.put(STANDARD, versions.opset());
    }

    /// @param shape [#BATCH] for a dimension that is left open
    /// @throws IllegalArgumentException if the name is taken
    public Edge input(String name, ElementType type, long... shape) {
        ends.message(11, value(claim(name), type, shape));
        return new Edge(name);
    }

    /// Makes an edge an output of the graph, under a name of its own.
    ///
    /// @throws IllegalArgumentException if the name is taken
    public void output(String name, Edge edge, ElementType type, long... shape) {
        claim(name);
        nodes.message(
                1, new Proto().text(1, edge.name()).text(2, name).text(3, name).text(4, "Identity"));
        ends.message(12, value(name, type, shape));
    }

    /// A standard operator.
    public Node op(String operator, Edge... inputs) {
        return new Node(this, STANDARD, operator, List.of(inputs));
    }

    /// An operator of ONNX Runtime (`com.microsoft`).
    public Node microsoft(String operator, Edge... inputs) {
        return new Node(this, "com.microsoft", operator, List.of(inputs));
    }

    /// Weights of the given shape; an empty shape makes a scalar.
    public Edge floats(String name, long[] shape, float... values) {
        byte[] raw = new byte[values.length * Float.BYTES];
        little(raw).asFloatBuffer().put(values);
        return weights(name, ElementType.FLOAT, shape, raw);
    }

    public Edge scalar(String name, float value) {
        return floats(name, new long[0], value);
    }

    /// A single whole number: the index of a `Gather`.
    public Edge index(String name, long value) {
        return longs(name, new long[0], value);
    }

    /// A list of numbers: the shape of a `Reshape`, the axes of a `ReduceMean`.
    public Edge longs(String name, long... values) {
        return longs(name, new long[] {values.length}, values);
    }

    private Edge longs(String name, long[] shape, long... values) {
        byte[] raw = new byte[values.length * Long.BYTES];
        little(raw).asLongBuffer().put(values);
        return weights(name, ElementType.INT64, shape, raw);
    }

    /// The finished file.
    ///
    /// @param metadata `metadata_props`, written in the order of their keys
    /// @throws ArithmeticException if the file exceeds 2 GiB
    public byte[] toBytes(Map<String, String> metadata) {
        Proto graph = new Proto().append(nodes).text(2, name).append(weights).append(ends);
        Proto model = new Proto().number(1, versions.ir()).text(2, "caracal").message(7, graph);
        domains.forEach((domain, version) ->
                model.message(8, new Proto().text(1, domain).number(2, version)));
        new TreeMap<>(metadata)
                .forEach((key, value) ->
                        model.message(14, new Proto().text(1, key).text(2, value)));
        return model.toBytes();
    }

    void append(String domain, Proto node) {
        domains.putIfAbsent(domain, 1);
        nodes.message(1, node);
    }

    String uniqueName(String operator) {
        return unique(operator.toLowerCase(Locale.ROOT));
    }

    private Edge weights(String name, ElementType type, long[] shape, byte[] raw) {
        long size = 1;
        Proto tensor = new Proto();
        for (long dimension : shape) {
            tensor.number(1, dimension);
            size *= dimension;
        }
        int width = type == ElementType.INT64 ? Long.BYTES : Float.BYTES;
        if (size * width != raw.length) {
            throw new IllegalArgumentException(
                    name + " has " + raw.length / width + " values where its shape asks for " + size);
        }
        String unique = unique(name);
        weights.message(5, tensor.number(2, type.code()).text(8, unique).bytes(9, raw));
        return new Edge(unique);
    }

    private String claim(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("the name " + name + " is taken in graph " + this.name);
        }
        return name;
    }

    /// Several weights or nodes may wish for the same name; all but the first get a number.
    private String unique(String wish) {
        String name = wish;
        for (int i = 1; !names.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Proto value(String name, ElementType type, long... shape) {
        Proto dimensions = new Proto();
        for (long dimension : shape) {
            dimensions.message(1, dimension == BATCH ? new Proto().text(2, "batch") : new Proto().number(1, dimension));
        }
        Proto tensor = new Proto().number(1, type.code()).message(2, dimensions);
        return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
    }
}

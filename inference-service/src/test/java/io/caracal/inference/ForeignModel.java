package io.caracal.inference;

import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import java.util.Map;

/// A model as others export it: `float[1, 3, 8, 8]` in, a fixed batch of 1, nothing about itself inside.
final class ForeignModel {
    static final String CARD = """
            name: foreign
            labels: [red, green, blue]
            input: {width: 8, height: 8, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}
            """;

    private ForeignModel() {}

    static byte[] bytes() {
        Graph graph = new Graph("foreign");
        Edge input = graph.input("data", ElementType.FLOAT, 1, 3, 8, 8);
        Edge mean = graph.op("ReduceMean", input, graph.longs("axes", 2, 3))
                .with("keepdims", 0)
                .edge();
        graph.output("out", mean, ElementType.FLOAT, 1, 3);
        return graph.toBytes(Map.of());
    }
}

package io.caracal.onnx;

import java.util.Collection;
import java.util.LinkedHashSet;

/// Makes inner values of a model file outputs of its graph, without touching a byte of it: protobuf merges a message
/// that comes twice, so that nodes and outputs appended to the file are appended to its graph.
public final class Taps {
    private Taps() {}

    /// What the file is followed by.
    ///
    /// @param edges outputs of nodes, inputs of the graph or weights
    public static byte[] appendix(Collection<String> edges) {
        Proto graph = new Proto();
        for (String edge : new LinkedHashSet<>(edges)) {
            String output = output(edge);
            graph.message(
                    1, new Proto().text(1, edge).text(2, output).text(3, output).text(4, "Identity"));
            graph.message(12, new Proto().text(1, output)); // its type is that of the edge
        }
        return new Proto().message(7, graph).toBytes();
    }

    /// The output that shows an edge.
    public static String output(String edge) {
        return "tap/" + edge;
    }
}

package io.caracal.onnx;

import java.util.List;
import java.util.stream.IntStream;

/// One operation under construction. It becomes part of its graph when its output is asked for, once.
public final class Node {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int INTS = 7;

    private final Graph graph;
    private final String domain;
    private final String operator;
    private final Proto proto = new Proto();
    private final Proto attributes = new Proto();

    Node(Graph graph, String domain, String operator, List<Edge> inputs) {
        this.graph = graph;
        this.domain = domain;
        this.operator = operator;
        inputs.forEach(input -> proto.text(1, input.name()));
    }

    public Node with(String attribute, long value) {
        return with(new Proto().text(1, attribute).number(3, value).number(20, INT));
    }

    public Node with(String attribute, float value) {
        return with(new Proto().text(1, attribute).fixed32(2, value).number(20, FLOAT));
    }

    public Node with(String attribute, String value) {
        return with(new Proto().text(1, attribute).text(4, value).number(20, STRING));
    }

    public Node with(String attribute, ElementType value) {
        return with(attribute, value.code());
    }

    public Node with(String attribute, long[] values) {
        Proto ints = new Proto().text(1, attribute);
        for (long value : values) {
            ints.number(8, value);
        }
        return with(ints.number(20, INTS));
    }

    /// The only output of this node.
    public Edge edge() {
        return edges(1).getFirst();
    }

    /// All outputs of this node, when there are several (`Split`, `TopK`).
    public List<Edge> edges(int count) {
        String name = graph.uniqueName(operator);
        List<Edge> outputs = IntStream.range(0, count)
                .mapToObj(i -> new Edge(count == 1 ? name : name + "_" + i))
                .toList();
        outputs.forEach(output -> proto.text(2, output.name()));
        proto.text(3, name).text(4, operator).append(attributes);
        if (!domain.isEmpty()) {
            proto.text(7, domain);
        }
        graph.append(domain, proto);
        return outputs;
    }

    private Node with(Proto attribute) {
        attributes.message(5, attribute);
        return this;
    }
}

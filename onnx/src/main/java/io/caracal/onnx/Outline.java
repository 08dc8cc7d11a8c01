package io.caracal.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a model file computes, read without its weights. Graphs inside of nodes (`If`, `Loop`) are passed over.
///
/// @param operations in the file's order, in which an edge exists before it is used
/// @param weights names of the initializers
/// @param outputs names of the graph's outputs
public record Outline(List<Operation> operations, Set<String> weights, List<String> outputs) {

    public Outline {
        operations = List.copyOf(operations);
        weights = Set.copyOf(weights);
        outputs = List.copyOf(outputs);
    }

    /// @param file a whole model, from the position to the limit; the position is not moved
    /// @throws MalformedGraphException if it is not one
    public static Outline read(ByteBuffer file) throws MalformedGraphException {
        List<Operation> operations = new ArrayList<>();
        Set<String> weights = new HashSet<>();
        List<String> outputs = new ArrayList<>();
        Fields model = new Fields(file);
        while (model.next()) {
            if (model.field() == 7) {
                graph(model.message(), operations, weights, outputs);
            } else {
                model.skip();
            }
        }
        if (operations.isEmpty()) {
            throw new MalformedGraphException("not an ONNX model: it has no graph with nodes");
        }
        checkOrder(operations);
        return new Outline(operations, weights, outputs);
    }

    /// Without circles: whoever goes back from an output comes to an end.
    private static void checkOrder(List<Operation> operations) throws MalformedGraphException {
        Set<String> taken = new HashSet<>();
        for (Operation operation : operations) {
            taken.addAll(operation.inputs());
            taken.remove(""); // an input that is left out
            if (operation.outputs().stream().anyMatch(taken::contains)) {
                throw new MalformedGraphException("not an ONNX model: a node takes an edge before it is there");
            }
        }
    }

    /// The operation that gives an edge; empty for an input or a weight.
    public Optional<Operation> producer(String edge) {
        return operations.stream()
                .filter(operation -> operation.outputs().contains(edge))
                .findFirst();
    }

    private static void graph(Fields graph, List<Operation> operations, Set<String> weights, List<String> outputs)
            throws MalformedGraphException {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> operations.add(operation(graph.message()));
                case 5 -> weights.add(name(graph.message(), 8));
                case 12 -> outputs.add(name(graph.message(), 1));
                case 15 -> weights.add(name(sparseValues(graph.message()), 8));
                default -> graph.skip();
            }
        }
    }

    private static Operation operation(Fields node) throws MalformedGraphException {
        String domain = "";
        String operator = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Long> numbers = new HashMap<>();
        Map<String, Float> reals = new HashMap<>();
        while (node.next()) {
            switch (node.field()) {
                case 1 -> inputs.add(node.text());
                case 2 -> outputs.add(node.text());
                case 4 -> operator = node.text();
                case 5 -> attribute(node.message(), numbers, reals);
                case 7 -> domain = node.text();
                default -> node.skip();
            }
        }
        return new Operation(domain, operator, inputs, outputs, numbers, reals);
    }

    private static void attribute(Fields attribute, Map<String, Long> numbers, Map<String, Float> reals)
            throws MalformedGraphException {
        String name = "";
        Optional<Long> number = Optional.empty();
        Optional<Float> real = Optional.empty();
        while (attribute.next()) {
            switch (attribute.field()) {
                case 1 -> name = attribute.text();
                case 2 -> real = Optional.of(attribute.real());
                case 3 -> number = Optional.of(attribute.number());
                default -> attribute.skip();
            }
        }
        String key = name;
        number.ifPresent(value -> numbers.put(key, value));
        real.ifPresent(value -> reals.put(key, value));
    }

    /// A sparse weight has the name of its values.
    private static Fields sparseValues(Fields sparse) throws MalformedGraphException {
        while (sparse.next()) {
            if (sparse.field() == 1) {
                return sparse.message();
            }
            sparse.skip();
        }
        throw new MalformedGraphException("not an ONNX model: a sparse weight without values");
    }

    private static String name(Fields message, int field) throws MalformedGraphException {
        String name = "";
        while (message.next()) {
            if (message.field() == field) {
                name = message.text();
            } else {
                message.skip();
            }
        }
        return name;
    }
}

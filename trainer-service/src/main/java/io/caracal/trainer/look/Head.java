package io.caracal.trainer.look;

import io.caracal.onnx.Operation;
import io.caracal.onnx.Outline;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The last linear layer of a classifier, found by going back from its output.
///
/// @param features edge that the layer takes, `[N, F]`
/// @param weights edge of its matrix, `[F, classes]`, or `[classes, F]` if turned
public record Head(String features, String weights, boolean turned) {
    private static final Set<String> PASSING =
            Set.of("Identity", "Softmax", "LogSoftmax", "Cast", "Dropout", "Reshape", "Flatten", "Squeeze");
    private static final Set<String> WITH_WEIGHT = Set.of("Add", "Sub", "Mul", "Div");
    private static final Set<String> POOLING = Set.of("ReduceMean", "GlobalAveragePool");

    /// A mean over places, from which the features come.
    ///
    /// @param maps edge of what is averaged: `[N, F, H, W]`, or tokens `[N, T, F]`
    /// @param pooled edge of the mean
    public record Pool(String maps, String pooled) {}

    /// @param output of the graph: logits or probabilities
    public static Optional<Head> of(Outline outline, String output) {
        Optional<Operation> at = outline.producer(output);
        while (at.isPresent()) {
            Operation operation = at.get();
            List<String> inputs = operation.inputs();
            switch (operation.operator()) {
                case "MatMul", "Gemm" -> {
                    boolean straight = inputs.size() > 1 && operation.numbers().getOrDefault("transA", 0L) == 0;
                    return straight && isWeight(outline, inputs.get(1))
                            ? Optional.of(new Head(
                                    inputs.get(0),
                                    inputs.get(1),
                                    operation.numbers().getOrDefault("transB", 0L) != 0))
                            : Optional.empty();
                }
                default -> at = before(outline, operation).flatMap(outline::producer);
            }
        }
        return Optional.empty();
    }

    /// Empty unless the features are a mean and nothing but its shape changes on the way.
    public Optional<Pool> pool(Outline outline) {
        Optional<Operation> at = outline.producer(features);
        while (at.isPresent()) {
            Operation operation = at.get();
            Optional<String> input = operation.inputs().stream().findFirst();
            if (POOLING.contains(operation.operator())) {
                return input.map(maps -> new Pool(maps, operation.outputs().getFirst()));
            }
            at = PASSING.contains(operation.operator()) ? input.flatMap(outline::producer) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> before(Outline outline, Operation operation) {
        List<String> inputs = operation.inputs();
        if (PASSING.contains(operation.operator())) {
            return inputs.stream().findFirst();
        }
        if (WITH_WEIGHT.contains(operation.operator())) {
            return inputs.stream().filter(input -> !isWeight(outline, input)).findFirst();
        }
        return Optional.empty();
    }

    private static boolean isWeight(Outline outline, String edge) {
        return outline.weights().contains(edge)
                || outline.producer(edge)
                        .filter(operation -> operation.operator().equals("Constant"))
                        .isPresent();
    }
}

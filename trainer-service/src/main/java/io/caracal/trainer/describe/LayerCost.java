package io.caracal.trainer.describe;

import io.caracal.trainer.tensor.Operation;
import io.caracal.trainer.tensor.OperationLog;
import io.caracal.trainer.tensor.ReceptiveField;
import io.caracal.trainer.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What one layer costs for one image.
///
/// @param name as in checkpoints: `blocks.0.attn.qkv`
/// @param operations what it does, each kind once
/// @param output shape of its last result without the batch; empty for a layer that has weights and does not run
/// @param attention empty where there is none
/// @param field what a place of the output sees, a position of a map or a token; empty if it has no places
public record LayerCost(
        String name,
        List<String> operations,
        List<Long> output,
        long parameters,
        long macs,
        long activationBytes,
        Optional<AttentionCost> attention,
        Optional<ReceptiveField> field) {

    /// @param weights of the model by name
    static List<LayerCost> all(List<Operation> operations, Map<String, Weight> weights) {
        Map<String, LayerCost> layers = new LinkedHashMap<>();
        operations.forEach(operation -> layers.merge(operation.layer(), ran(operation), LayerCost::then));
        weights.forEach((name, weight) -> {
            if (weight.trained()) {
                LayerCost holding = holding(OperationLog.layerOf(name), weight.size());
                layers.merge(holding.name(), holding, (layer, more) -> more.then(layer));
            }
        });
        return List.copyOf(layers.values());
    }

    private static LayerCost ran(Operation operation) {
        return new LayerCost(
                operation.layer(),
                List.of(operation.kind()),
                LongStream.of(operation.result().getShape()).skip(1).boxed().toList(),
                0,
                operation.macs(),
                operation.activations() * Float.BYTES,
                AttentionCost.of(operation),
                operation.field());
    }

    private static LayerCost holding(String name, long parameters) {
        return new LayerCost(name, List.of(), List.of(), parameters, 0, 0, Optional.empty(), Optional.empty());
    }

    LayerCost called(String other) {
        return new LayerCost(other, operations, output, parameters, macs, activationBytes, attention, field);
    }

    /// Both as one layer, with the output of the later one.
    LayerCost then(LayerCost later) {
        return new LayerCost(
                name,
                Stream.concat(operations.stream(), later.operations.stream())
                        .distinct()
                        .toList(),
                later.output,
                parameters + later.parameters,
                macs + later.macs,
                activationBytes + later.activationBytes,
                Stream.concat(attention.stream(), later.attention.stream()).reduce(AttentionCost::plus),
                later.field);
    }
}

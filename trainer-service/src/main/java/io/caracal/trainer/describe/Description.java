package io.caracal.trainer.describe;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.tensor.Counted;
import io.caracal.trainer.tensor.Operation;
import io.caracal.trainer.tensor.OperationLog;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.Map;

/// A model and what it costs for one image.
///
/// @param parameters numbers that training changes, running statistics not among them
/// @param macs multiply-accumulates of convolutions, linear layers and both attention products (spec, conventions)
public record Description(String preset, int classes, int imageSize, long parameters, long macs) {

    /// Walks through the model once, without its weights.
    public static Description of(Architecture architecture, int classes) {
        Layer layers = architecture.layers(classes);
        Map<String, Weight> weights = layers.weights();
        OperationLog log = OperationLog.of(weights);
        layers.forward(Counted.image(architecture.imageSize(), log));
        List<Operation> operations = log.operations();
        return new Description(
                architecture.name(),
                classes,
                architecture.imageSize(),
                weights.values().stream()
                        .filter(Weight::trained)
                        .mapToLong(Weight::size)
                        .sum(),
                operations.stream().mapToLong(Operation::macs).sum());
    }
}

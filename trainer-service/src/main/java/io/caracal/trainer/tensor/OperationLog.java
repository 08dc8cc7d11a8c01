package io.caracal.trainer.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes down what the [Counted] tensors of one forward pass do, in order.
///
/// Layers do not say that they run, so an operation is attributed by its weights. One without weights belongs to the
/// layer whose weights were used last if it leaves the shape as it is (an activation), else it stands for itself under
/// the layer around that one (`blocks.0.attn.attention`).
public final class OperationLog {
    private static final String INPUT = "input";

    private final Map<Weight, String> names;
    private final List<Operation> operations = new ArrayList<>();
    private String latest = INPUT;

    private OperationLog(Map<Weight, String> names) {
        this.names = names;
    }

    /// An empty one.
    ///
    /// @param weights of the model, by name
    public static OperationLog of(Map<String, Weight> weights) {
        Map<Weight, String> names = new HashMap<>();
        weights.forEach((name, weight) -> names.put(weight, name));
        return new OperationLog(names);
    }

    /// What has been done so far.
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    /// The layer of a weight. A weight of the model itself is a layer of its own (`pos_embed`).
    public static String layerOf(String weight) {
        int dot = weight.lastIndexOf('.');
        return dot < 0 ? weight : weight.substring(0, dot);
    }

    /// The layer of this weight, from now on the latest.
    String enter(Weight weight) {
        String name = names.get(weight);
        if (name == null) {
            throw new IllegalArgumentException("the model has no such weight");
        }
        latest = layerOf(name);
        return latest;
    }

    /// The layer whose weights were used last.
    String latest() {
        return latest;
    }

    /// A name beside the latest layer.
    String beside(String name) {
        int dot = latest.lastIndexOf('.');
        return dot < 0 ? name : latest.substring(0, dot) + "." + name;
    }
}

package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of a model: some weights, some smaller layers, and a function over [Tensor]. All shapes are fixed when it is
/// built.
public abstract class Layer {
    private final Map<String, Weight> own = new LinkedHashMap<>();
    private final Map<String, Layer> parts = new LinkedHashMap<>();

    public abstract Tensor forward(Tensor x);

    /// All weights below this layer in the order in which they were declared, own ones first. Names are those of timm
    /// where it has the layer: `blocks.0.attn.qkv.weight`. Checkpoints and weight import rely on them.
    public final Map<String, Weight> weights() {
        Map<String, Weight> all = new LinkedHashMap<>(own);
        parts.forEach((name, part) -> part.weights().forEach((below, weight) -> all.put(name + "." + below, weight)));
        return all;
    }

    protected final Weight parameter(String name, Initial initial, long... shape) {
        return own(name, Weight.parameter(initial, shape));
    }

    protected final Weight statistic(String name, float start, long... shape) {
        return own(name, Weight.statistic(start, shape));
    }

    protected final <L extends Layer> L part(String name, L layer) {
        if (parts.put(name, layer) != null) {
            throw new IllegalArgumentException("two parts are called " + name);
        }
        return layer;
    }

    /// Layers one after the other, called `name.0`, `name.1`, ...
    protected final <L extends Layer> List<L> parts(String name, List<L> layers) {
        for (int i = 0; i < layers.size(); i++) {
            part(name + "." + i, layers.get(i));
        }
        return List.copyOf(layers);
    }

    private Weight own(String name, Weight weight) {
        if (own.put(name, weight) != null) {
            throw new IllegalArgumentException("two weights are called " + name);
        }
        return weight;
    }
}

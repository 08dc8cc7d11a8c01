package io.caracal.trainer.describe;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.tensor.Counted;
import io.caracal.trainer.tensor.OperationLog;
import io.caracal.trainer.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model and what it costs for one image.
///
/// @param imageSize width and height of the input in pixels
/// @param layers the smallest ones, in the order in which they run
/// @param parameters numbers that training changes, running statistics not among them
/// @param weightBytes memory of all weights, running statistics among them
/// @param macs multiply-accumulates of convolutions, linear layers and both attention products (spec, conventions)
/// @param activationBytes memory of the results of all operations together; views take none, of an attention the score
///     matrices count once
/// @param attention all attentions together; empty for a model without
public record Description(
        String preset,
        int classes,
        int imageSize,
        List<LayerCost> layers,
        long parameters,
        long weightBytes,
        long macs,
        long activationBytes,
        Optional<AttentionCost> attention) {
    private static final Pattern NAME_PART = Pattern.compile("\\.?[^.]+(\\.[0-9]+(?![^.]))*");

    /// Walks through the model once, without its weights.
    public static Description of(Architecture architecture, int classes) {
        Layer model = architecture.layers(classes);
        Map<String, Weight> weights = model.weights();
        OperationLog log = OperationLog.of(weights);
        model.forward(Counted.image(architecture.imageSize(), log));
        List<LayerCost> layers = LayerCost.all(log.operations(), weights);
        return new Description(
                architecture.name(),
                classes,
                architecture.imageSize(),
                layers,
                sum(layers, LayerCost::parameters),
                weights.values().stream().mapToLong(Weight::size).sum() * Float.BYTES,
                sum(layers, LayerCost::macs),
                sum(layers, LayerCost::activationBytes),
                layers.stream().flatMap(layer -> layer.attention().stream()).reduce(AttentionCost::plus));
    }

    /// The layers, those put together whose names begin alike.
    ///
    /// @param depth how many parts of a name count, 1 or more: with 1 `blocks.0` is one layer, with 2
    ///     `blocks.0.attn` is
    public List<LayerCost> layers(int depth) {
        Map<String, LayerCost> together = new LinkedHashMap<>();
        for (LayerCost layer : layers) {
            LayerCost outer = layer.called(outer(layer.name(), depth));
            together.merge(outer.name(), outer, LayerCost::then);
        }
        return List.copyOf(together.values());
    }

    /// The first parts of a name; a number belongs to the part before it.
    private static String outer(String name, int depth) {
        Matcher parts = NAME_PART.matcher(name);
        int end = 0;
        for (int i = 0; i < depth && parts.find(); i++) {
            end = parts.end();
        }
        return name.substring(0, end);
    }

    private static long sum(List<LayerCost> layers, ToLongFunction<LayerCost> cost) {
        return layers.stream().mapToLong(cost).sum();
    }
}

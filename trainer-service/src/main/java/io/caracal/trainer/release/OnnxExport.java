package io.caracal.trainer.release;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Traced;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Writes a trained network as an ONNX file that carries its card: `pixels` in, `probabilities` and `logits` out, and
/// `patch_tokens` if asked for.
public final class OnnxExport {
    public static final String INPUT = "pixels";
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";

    /// `[N, D, g, g]`: the tokens of the patches after the last norm, where that is not behind a mean.
    public static final String PATCH_TOKENS = "patch_tokens";

    private OnnxExport() {}

    /// @throws IllegalArgumentException if the card does not describe this network
    public static byte[] write(Network network, ModelCard card) {
        return write(network, card, Export.PLAIN);
    }

    /// @throws IllegalArgumentException if the card does not describe this network, or it lacks what is asked for
    public static byte[] write(Network network, ModelCard card, Export export) {
        int size = network.architecture().imageSize();
        check(card.labels().size() == network.classes(), "labels", card.labels().size(), network.classes());
        check(card.input().width() == size, "width", card.input().width(), size);
        check(card.input().height() == size, "height", card.input().height(), size);
        Graph graph = new Graph(card.name());
        Edge pixels = graph.input(INPUT, ElementType.UINT8, Graph.BATCH, size, size, 3);
        if (export.patchTokens()) {
            Network.WithPatches traced = network.traceWithPatches(graph, pixels);
            scores(graph, traced.logits(), network.classes());
            graph.output(PATCH_TOKENS, traced.patches().edge(), ElementType.FLOAT, traced.shape());
        } else {
            scores(graph, network.trace(graph, pixels), network.classes());
        }
        return graph.toBytes(metadata(network, card));
    }

    private static void scores(Graph graph, Traced logits, int classes) {
        Traced probabilities = (Traced) logits.softmax();
        graph.output(PROBABILITIES, probabilities.edge(), ElementType.FLOAT, Graph.BATCH, classes);
        graph.output(LOGITS, logits.edge(), ElementType.FLOAT, Graph.BATCH, classes);
    }

    private static Map<String, String> metadata(Network network, ModelCard card) {
        Map<String, String> properties = new TreeMap<>(card.provenance());
        properties.put(ModelCard.METADATA_KEY, new String(Json.write(card), StandardCharsets.UTF_8));
        properties.put("name", card.name());
        properties.put("version", card.version());
        properties.put("labels", String.join(",", card.labels()));
        properties.put("architecture", network.architecture().name());
        properties.put("parameters", Long.toString(network.parameters()));
        return properties;
    }

    private static void check(boolean right, String what, Object given, Object needed) {
        if (!right) {
            throw new IllegalArgumentException(
                    "the model card says " + given + " for " + what + ", the network has " + needed);
        }
    }
}

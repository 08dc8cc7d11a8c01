package io.caracal.trainer.release;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Traced;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Writes a trained network as an ONNX file that carries its card: `pixels` in, `probabilities` and `logits` out.
public final class OnnxExport {
    public static final String INPUT = "pixels";
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";

    private OnnxExport() {}

    /// @throws IllegalArgumentException if the card does not describe this network
    public static byte[] write(Network network, ModelCard card) {
        int size = network.architecture().imageSize();
        check(card.labels().size() == network.classes(), "labels", card.labels().size(), network.classes());
        check(card.input().width() == size, "width", card.input().width(), size);
        check(card.input().height() == size, "height", card.input().height(), size);
        Graph graph = new Graph(card.name());
        Edge pixels = graph.input(INPUT, ElementType.UINT8, Graph.BATCH, size, size, 3);
        Traced logits = network.trace(graph, pixels);
        Traced probabilities = (Traced) logits.softmax();
        graph.output(PROBABILITIES, probabilities.edge(), ElementType.FLOAT, Graph.BATCH, network.classes());
        graph.output(LOGITS, logits.edge(), ElementType.FLOAT, Graph.BATCH, network.classes());
        return graph.toBytes(metadata(network, card));
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

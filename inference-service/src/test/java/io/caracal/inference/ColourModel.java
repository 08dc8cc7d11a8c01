package io.caracal.inference;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.ModelPublished.Stage;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A model whose answer anyone can work out: which colour channel of a picture is brightest.
public record ColourModel(String version, Path file) {
    public static final String NAME = "colour";
    public static final List<String> LABELS = List.of("red", "green", "blue");
    private static final int SIDE = 8;

    public static ColourModel write(Path folder, String version) throws IOException {
        Path file = folder.resolve("colour-" + version + ".onnx");
        Files.write(file, bytes(version, false));
        return new ColourModel(version, file);
    }

    /// Like the other, but what it computes of a picture of label 2 is too large for a float.
    public static ColourModel writeOverflowing(Path folder, String version) throws IOException {
        Path file = folder.resolve("colour-" + version + ".onnx");
        Files.write(file, bytes(version, true));
        return new ColourModel(version, file);
    }

    public static ModelCard card(String version) {
        return new ModelCard(
                NAME,
                version,
                LABELS,
                ModelCard.Input.pixels("pixels", SIDE, SIDE),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output("logits", ModelCard.Output.Kind.LOGITS),
                Map.of());
    }

    /// What a trainer says on the `models` topic.
    public ModelPublished published(Stage stage, Instant at) throws IOException {
        return new ModelPublished(NAME, version, file.toUri(), sha256(), card(version), stage, at);
    }

    private String sha256() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `uint8[N, 8, 8, 3]` to the mean of each channel in [0, 1]; or, overflowing, to its power, which is infinite from
    /// a mean of 212 on.
    private static byte[] bytes(String version, boolean overflowing) {
        Graph graph = new Graph(NAME);
        Edge pixels = graph.input("pixels", ElementType.UINT8, Graph.BATCH, SIDE, SIDE, 3);
        Edge floats = graph.op("Cast", pixels).with("to", ElementType.FLOAT).edge();
        Edge mean = graph.op("ReduceMean", floats, graph.longs("axes", 1, 2))
                .with("keepdims", 0)
                .edge();
        Edge scaled = graph.op("Mul", mean, graph.scalar("scale", 1f / 255)).edge();
        Edge steep = graph.op(
                        "Exp",
                        graph.op("Mul", mean, graph.scalar("steep", 0.42f)).edge())
                .edge();
        graph.output("logits", overflowing ? steep : scaled, ElementType.FLOAT, Graph.BATCH, 3);
        return graph.toBytes(
                Map.of(ModelCard.METADATA_KEY, new String(Json.write(card(version)), StandardCharsets.UTF_8)));
    }
}

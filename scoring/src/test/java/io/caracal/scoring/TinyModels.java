package io.caracal.scoring;

import io.caracal.contracts.ModelCard;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Models whose answer anyone can work out: the mean of each colour channel over a picture of 4 by 4.
final class TinyModels {
    static final int SIDE = 4;
    static final int IMAGE_BYTES = SIDE * SIDE * 3;

    static final String CARD = """
            {"name": "colour", "version": "7", "labels": ["red", "green", "blue"],
             "input": {"name": "pixels", "layout": "uint8-nhwc", "width": 4, "height": 4, "batch": 0},
             "resize": {"rule": "squash", "shortSide": 0, "filter": "antialias", "applyExifOrientation": false},
             "output": {"name": "logits", "kind": "logits"},
             "provenance": {"made": "by hand"}}""";

    private TinyModels() {}

    /// `uint8[batch, 4, 4, 3]` to `logits[batch, 3]`: the mean of each channel, 0-255.
    static byte[] pixels(long batch, Map<String, String> metadata) {
        Graph graph = new Graph("colour");
        Edge pixels = graph.input("pixels", ElementType.UINT8, batch, SIDE, SIDE, 3);
        Edge floats = graph.op("Cast", pixels).with("to", ElementType.FLOAT).edge();
        Edge mean = graph.op("ReduceMean", floats, graph.longs("axes", 1, 2))
                .with("keepdims", 0)
                .edge();
        graph.output("logits", mean, ElementType.FLOAT, batch, 3);
        return graph.toBytes(metadata);
    }

    /// `float[batch, 3, 4, 4]` to `out[batch, 3]`: the mean of each channel, as probabilities if asked.
    static byte[] planar(long batch, boolean probabilities) {
        Graph graph = new Graph("foreign");
        Edge input = graph.input("data", ElementType.FLOAT, batch, 3, SIDE, SIDE);
        Edge mean = graph.op("ReduceMean", input, graph.longs("axes", 2, 3))
                .with("keepdims", 0)
                .edge();
        Edge out = probabilities ? graph.op("Softmax", mean).with("axis", -1).edge() : mean;
        graph.output("out", out, ElementType.FLOAT, batch, 3);
        return graph.toBytes(Map.of());
    }

    /// A planar model that divides by zero.
    static byte[] notFinite() {
        Graph graph = new Graph("foreign");
        Edge input = graph.input("data", ElementType.FLOAT, 1, 3, SIDE, SIDE);
        Edge mean = graph.op("ReduceMean", input, graph.longs("axes", 2, 3))
                .with("keepdims", 0)
                .edge();
        graph.output("out", graph.op("Div", mean, graph.scalar("zero", 0)).edge(), ElementType.FLOAT, 1, 3);
        return graph.toBytes(Map.of());
    }

    /// The pixel model with an open batch and its card inside.
    static Path withCard(Path folder) throws IOException {
        return withCard(folder, CARD);
    }

    static Path withCard(Path folder, String card) throws IOException {
        return Files.write(folder.resolve("colour.onnx"), pixels(Graph.BATCH, Map.of(ModelCard.METADATA_KEY, card)));
    }

    /// Images of one colour each, `0xRRGGBB`.
    static ByteBuffer images(int... colours) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(colours.length * IMAGE_BYTES);
        for (int colour : colours) {
            for (int i = 0; i < SIDE * SIDE; i++) {
                pixels.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
            }
        }
        return pixels.flip();
    }
}

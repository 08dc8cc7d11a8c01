package io.caracal.inference;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The shape and the arithmetic of `seed-cnn` (9.4 million multiplications an image) with random weights: what a load
/// test scores with when no trained model is at hand.
final class SmallCnn {
    private static final int SIDE = 224;

    private final Random random = new Random(1);
    private final Graph graph = new Graph("small-cnn");

    static byte[] bytes() {
        return new SmallCnn().build();
    }

    private byte[] build() {
        Edge pixels = graph.input("pixels", ElementType.UINT8, Graph.BATCH, SIDE, SIDE, 3);
        Edge floats = graph.op("Cast", pixels).with("to", ElementType.FLOAT).edge();
        Edge scaled = graph.op("Mul", floats, graph.scalar("scale", 1f / 255)).edge();
        Edge planes = graph.op("Transpose", scaled)
                .with("perm", new long[] {0, 3, 1, 2})
                .edge();
        Edge first = block(planes, 3, 16);
        Edge second = block(first, 16, 32);
        Edge third = block(second, 32, 64);
        Edge flat = graph.op("Flatten", third).edge();
        Edge hidden = graph.op("Relu", linear(flat, 576, 10)).edge();
        graph.output("logits", linear(hidden, 10, 2), ElementType.FLOAT, Graph.BATCH, 2);
        ModelCard card = new ModelCard(
                "small-cnn",
                "1",
                List.of("cat", "dog"),
                ModelCard.Input.pixels("pixels", SIDE, SIDE),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output("logits", ModelCard.Output.Kind.LOGITS),
                Map.of());
        return graph.toBytes(Map.of(ModelCard.METADATA_KEY, new String(Json.write(card), StandardCharsets.UTF_8)));
    }

    /// Convolution 3x3 by 2 with the batch norm folded in, ReLU, max pool 2x2.
    private Edge block(Edge input, int in, int out) {
        Edge convolved = graph.op("Conv", input, weights(out, in, 3, 3), weights(out))
                .with("kernel_shape", new long[] {3, 3})
                .with("strides", new long[] {2, 2})
                .edge();
        return graph.op("MaxPool", graph.op("Relu", convolved).edge())
                .with("kernel_shape", new long[] {2, 2})
                .with("strides", new long[] {2, 2})
                .edge();
    }

    private Edge linear(Edge input, int in, int out) {
        return graph.op("Gemm", input, weights(in, out), weights(out)).edge();
    }

    private Edge weights(long... shape) {
        int size = 1;
        for (long dimension : shape) {
            size *= Math.toIntExact(dimension);
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.1f * (random.nextFloat() - 0.5f);
        }
        return graph.floats("w", shape, values);
    }
}

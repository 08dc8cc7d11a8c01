package io.caracal.trainer.look;

import io.caracal.onnx.Operation;
import io.caracal.onnx.Outline;
import io.caracal.onnx.Taps;
import io.caracal.scoring.InnerValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where attention is in a graph: the softmax over logits `[N, heads, T, T]`, or ONNX Runtime's fused operator, of
/// which only queries and keys can be seen. What a softmax really is shows when the graph runs.
final class AttentionEdges {

    /// One place in the graph, in the order in which the graph runs.
    private sealed interface Place {}

    private record Softmax(String weights) implements Place {}

    /// @param scale of the logits; by default one over the square root of a head's width
    private record Fused(String queries, String keys, int heads, Optional<Float> scale) implements Place {}

    /// Attention of all tokens of an image, and what the tokens are.
    ///
    /// @param layers from the first to the last, not empty
    record Found(TokenGrid grid, List<AttentionWeights> layers) {}

    private final List<Place> places;

    private AttentionEdges(List<Place> places) {
        this.places = places;
    }

    static AttentionEdges of(Outline outline) {
        return new AttentionEdges(outline.operations().stream()
                .flatMap(operation -> place(operation).stream())
                .toList());
    }

    private static Optional<Place> place(Operation operation) {
        return switch (operation.operator()) {
            case "Softmax" -> operation.outputs().stream().findFirst().map(Softmax::new);
            case "MultiHeadAttention" ->
                // A bias, a mask or a packed tensor would come as a further input, or one that is missing.
                operation.inputs().size() == 3
                        ? Optional.of(new Fused(
                                operation.inputs().get(0),
                                operation.inputs().get(1),
                                Math.toIntExact(operation.numbers().getOrDefault("num_heads", 1L)),
                                Optional.ofNullable(operation.reals().get("scale"))))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// The edges to make visible.
    List<String> names() {
        return places.stream()
                .flatMap(place -> switch (place) {
                    case Softmax(String weights) -> Stream.of(weights);
                    case Fused fused -> Stream.of(fused.queries(), fused.keys());
                })
                .toList();
    }

    /// The attention of one image among those of its batch. Softmaxes over other things, and attention within a patch,
    /// a row or a column, are left out: they have no weight for every pair of patches.
    Optional<Found> read(InnerValues values, int image) {
        List<AttentionWeights> layers = new ArrayList<>();
        for (Place place : places) {
            switch (place) {
                case Softmax(String weights) ->
                    softmax(tapped(values, weights), values.batch(), image).ifPresent(layers::add);
                case Fused fused -> fused(fused, values, image).ifPresent(layers::add);
            }
        }
        layers.removeIf(layer -> TokenGrid.of(layer.tokens()).isEmpty());
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        int tokens = layers.getLast().tokens();
        layers.removeIf(layer -> layer.tokens() != tokens);
        return Optional.of(new Found(TokenGrid.of(tokens).orElseThrow(), layers));
    }

    private static InnerValues.Values tapped(InnerValues values, String edge) {
        return values.of(Taps.output(edge));
    }

    private static Optional<AttentionWeights> softmax(InnerValues.Values weights, int batch, int image) {
        long[] shape = weights.shape();
        if (shape.length != 4 || shape[0] != batch || shape[3] < shape[2] || shape[3] > shape[2] + 1) {
            return Optional.empty();
        }
        int heads = (int) shape[1];
        int tokens = (int) shape[2];
        int keys = (int) shape[3];
        float[] all = part(weights, heads * tokens * keys, image);
        return Optional.of(new AttentionWeights(heads, tokens, keys == tokens ? all : withoutLast(all, keys)));
    }

    /// The last key of each row may stand for what lies outside the image.
    private static float[] withoutLast(float[] weights, int keys) {
        int rows = weights.length / keys;
        float[] left = new float[rows * (keys - 1)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(weights, row * keys, left, row * (keys - 1), keys - 1);
        }
        return left;
    }

    private static float[] part(InnerValues.Values values, int size, int image) {
        return Arrays.copyOfRange(values.values(), image * size, (image + 1) * size);
    }

    private static Optional<AttentionWeights> fused(Fused place, InnerValues values, int image) {
        InnerValues.Values queries = tapped(values, place.queries());
        InnerValues.Values keys = tapped(values, place.keys());
        long[] shape = queries.shape();
        if (shape.length != 3 || shape[0] != values.batch() || !Arrays.equals(shape, keys.shape())) {
            return Optional.empty();
        }
        int tokens = (int) shape[1];
        int channels = (int) shape[2];
        int width = channels / place.heads();
        double scale = place.scale().map(Float::doubleValue).orElse(1 / Math.sqrt(width));
        float[] q = part(queries, tokens * channels, image);
        float[] k = part(keys, tokens * channels, image);
        float[] weights = new float[place.heads() * tokens * tokens];
        double[] row = new double[tokens];
        for (int head = 0; head < place.heads(); head++) {
            for (int query = 0; query < tokens; query++) {
                for (int key = 0; key < tokens; key++) {
                    row[key] = scale
                            * product(q, query * channels + head * width, k, key * channels + head * width, width);
                }
                softmax(row, weights, (head * tokens + query) * tokens);
            }
        }
        return Optional.of(new AttentionWeights(place.heads(), tokens, weights));
    }

    private static double product(float[] a, int from, float[] b, int fromOther, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) a[from + i] * b[fromOther + i];
        }
        return sum;
    }

    private static void softmax(double[] logits, float[] target, int at) {
        double max = Arrays.stream(logits).max().orElseThrow();
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - max);
        }
        for (int i = 0; i < logits.length; i++) {
            target[at + i] = (float) (Math.exp(logits[i] - max) / sum);
        }
    }
}

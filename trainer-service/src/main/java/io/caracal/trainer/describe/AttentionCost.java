package io.caracal.trainer.describe;

import ai.djl.ndarray.types.Shape;
import io.caracal.trainer.tensor.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// What attention costs in a layer or a model; it grows with the square of the number of tokens.
///
/// @param count of attentions
/// @param largest shape of the largest score matrices of one of them: heads, queries, keys
/// @param scoreBytes memory of all score matrices
/// @param macs of both products, queries with keys and scores with values, without the projections around them
/// @param maskedMacs of these, those of pairs of query and key that a mask forbids: they are computed all the same
public record AttentionCost(int count, List<Long> largest, long scoreBytes, long macs, long maskedMacs) {

    static Optional<AttentionCost> of(Operation operation) {
        return operation
                .attention()
                .map(part -> new AttentionCost(
                        part.scores().isPresent() ? 1 : 0,
                        part.scores()
                                .map(scores -> LongStream.of(scores.getShape())
                                        .skip(1)
                                        .boxed()
                                        .toList())
                                .orElse(List.of()),
                        part.scores().map(Shape::size).orElse(0L) * Float.BYTES,
                        operation.macs(),
                        part.maskedMacs()));
    }

    AttentionCost plus(AttentionCost other) {
        return new AttentionCost(
                count + other.count,
                size(other.largest) > size(largest) ? other.largest : largest,
                scoreBytes + other.scoreBytes,
                macs + other.macs,
                maskedMacs + other.maskedMacs);
    }

    private static long size(List<Long> shape) {
        return shape.isEmpty() ? 0 : shape.stream().reduce(1L, Math::multiplyExact);
    }
}

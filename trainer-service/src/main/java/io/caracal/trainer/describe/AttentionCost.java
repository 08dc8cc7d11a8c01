package io.caracal.trainer.describe;

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
public record AttentionCost(int count, List<Long> largest, long scoreBytes, long macs) {

    static Optional<AttentionCost> of(Operation operation) {
        return operation
                .scores()
                .map(scores -> new AttentionCost(
                        1,
                        LongStream.of(scores.getShape()).skip(1).boxed().toList(),
                        scores.size() * Float.BYTES,
                        operation.macs()));
    }

    AttentionCost plus(AttentionCost other) {
        return new AttentionCost(
                count + other.count,
                size(other.largest) > size(largest) ? other.largest : largest,
                scoreBytes + other.scoreBytes,
                macs + other.macs);
    }

    private static long size(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}

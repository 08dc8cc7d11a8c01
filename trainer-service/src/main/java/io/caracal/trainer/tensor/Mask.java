package io.caracal.trainer.tensor;

import java.util.Optional;

/// Which keys the queries of an attention see.
///
/// @param logits what is added to those of each pair, `[T, T]` or `[heads, T, T]` row-major: minus infinity forbids it
/// @param tokens T
record Mask(float[] logits, int tokens) {

    /// Empty if the constant forbids nothing.
    static Optional<Mask> of(Constant constant) {
        for (float value : constant.values()) {
            if (value == Float.NEGATIVE_INFINITY) {
                long[] shape = constant.shape();
                return Optional.of(new Mask(constant.values(), Math.toIntExact(shape[shape.length - 1])));
            }
        }
        return Optional.empty();
    }

    /// Pairs of query and key, of all heads together.
    long forbidden(long heads) {
        long pairs = 0;
        for (float logit : logits) {
            pairs += logit == Float.NEGATIVE_INFINITY ? 1 : 0;
        }
        return logits.length == tokens * tokens ? heads * pairs : pairs;
    }

    /// The largest distance between two keys of one query in one head.
    ///
    /// @param positions of the tokens
    long reach(long[] positions) {
        long reach = 0;
        for (int row = 0; row < logits.length / tokens; row++) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int key = 0; key < tokens; key++) {
                if (logits[row * tokens + key] != Float.NEGATIVE_INFINITY) {
                    least = Math.min(least, positions[key]);
                    most = Math.max(most, positions[key]);
                }
            }
            reach = Math.max(reach, most - least);
        }
        return reach;
    }
}

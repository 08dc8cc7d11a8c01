package io.caracal.trainer.nn;

/// Zeros around a map.
///
/// @param before each row and column
/// @param after each row and column
public record Padding(int before, int after) {

    public static Padding even(int zeros) {
        return new Padding(zeros, zeros);
    }

    /// TensorFlow's `SAME`: as many zeros as make `side / stride` places, rounded up; of an odd number one more
    /// after than before (spec 2.7).
    public static Padding same(int side, int kernel, int stride) {
        int total = Math.max((Math.ceilDiv(side, stride) - 1) * stride + kernel - side, 0);
        return new Padding(total / 2, total - total / 2);
    }
}

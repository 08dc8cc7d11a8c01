package io.caracal.trainer.tensor;

/// The heads of a multi-head attention.
///
/// @param count number of heads
/// @param width channels of one head
public record Heads(int count, int width) {

    /// Channels of all heads together.
    public int channels() {
        return count * width;
    }

    /// What queries times keys is multiplied with: `1 / sqrt(width)`.
    public float scale() {
        return (float) (1 / Math.sqrt(width));
    }
}

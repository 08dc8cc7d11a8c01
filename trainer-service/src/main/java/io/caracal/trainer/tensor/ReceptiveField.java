package io.caracal.trainer.tensor;

/// The part of the image that one place of a feature map sees, and how far its neighbour's part is away (spec 4.12).
///
/// @param size width and height in pixels, over the image's border where the map's padding reaches there
/// @param jump distance in pixels between the parts of two neighbours: the stride of everything so far
public record ReceptiveField(int size, int jump) {

    /// A pixel of the image itself.
    public static final ReceptiveField PIXEL = new ReceptiveField(1, 1);

    /// After a convolution or a pooling.
    ReceptiveField through(int window, int stride) {
        return new ReceptiveField(size + (window - 1) * jump, jump * stride);
    }

    /// Of a sum: the larger one.
    ReceptiveField or(ReceptiveField other) {
        return other.size > size ? other : this;
    }
}

package io.caracal.trainer.tensor;

/// The part of the image that one place of a feature map or one token sees, and how far its neighbour's part is away
/// (spec 4.12).
///
/// @param size width or height in pixels, the larger one, over the image's border where padding reaches there
/// @param jump distance in pixels between the parts of two neighbours: the stride of everything so far
public record ReceptiveField(int size, int jump) {}

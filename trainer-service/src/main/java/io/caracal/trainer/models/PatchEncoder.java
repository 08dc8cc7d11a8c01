package io.caracal.trainer.models;

import io.caracal.trainer.tensor.Tensor;

/// A model that cuts an image into a grid of patches and keeps one token for each from the first layer on: what masked
/// patch prediction needs (spec 2.10).
interface PatchEncoder extends PatchTokens {

    /// `[N, 3, H, W]` to `[N, patches, width]`, positions not yet added.
    Tensor embed(Tensor images);

    /// Embedded patches, `[N, patches, width]`, to what the last layer says of each, the same shape. A class token is
    /// there on the way and not in the result.
    Tensor encodePatches(Tensor embedded);

    /// The head, on the last dimension.
    Tensor classifyPatches(Tensor encoded);
}

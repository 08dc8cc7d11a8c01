package io.caracal.trainer.models;

import io.caracal.trainer.tensor.Tensor;

/// A model that ends in a token for each patch of a square grid. Heads for detection and segmentation build on these
/// tokens (ViT-FRCNN, SETR).
interface PatchTokens {

    /// Patches in a row, written `g`.
    int side();

    /// Channels of a token, written `D`.
    int width();

    /// Everything before the head, with or without the last norm: images `[N, 3, H, W]` to tokens `[N, T, D]`.
    Tensor encode(Tensor images);

    /// Logits `[N, classes]` of [encoded][#encode] images.
    Tensor classify(Tensor encoded);

    /// The final tokens, behind the last norm where that is not behind a mean: patch tokens `[N, D, g, g]` of
    /// [encoded][#encode] images. A class token is left out.
    Tensor patches(Tensor encoded);

    /// Tokens `[N, T, D]`, of which the last `g * g` are the patches row by row, as a map `[N, D, g, g]`.
    default Tensor map(Tensor tokens, int before) {
        int count = side() * side();
        Tensor patches = before == 0 ? tokens : tokens.slice(1, before, before + count);
        return patches.permute(0, 2, 1).reshape(0, width(), side(), side());
    }
}

package io.caracal.trainer.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/// What one operation of a model costs, for one image.
///
/// @param layer the layer it belongs to: that of its weights (`blocks.0.attn.qkv`), else see [OperationLog]
/// @param kind what it is, for people: `conv 3x3/2`
/// @param result shape of the result, with a batch of 1
/// @param macs multiply-accumulates of convolutions, linear layers and both attention products; of all else 0 (spec,
///     conventions)
/// @param activations numbers that are new in memory afterwards; 0 of a view
/// @param attention what this is in an attention; empty of anything else
/// @param field what a place of the result sees, while it has places
public record Operation(
        String layer,
        String kind,
        Shape result,
        long macs,
        long activations,
        Optional<Attention> attention,
        Optional<ReceptiveField> field) {

    /// A part of an attention, or all of it: its MACs are those of one or both products.
    ///
    /// @param scores shape of the score matrices, `[1, heads, T, S]`, if they come to be here
    /// @param maskedMacs of both products, those that go into pairs of query and key which a mask then forbids
    public record Attention(Optional<Shape> scores, long maskedMacs) {}
}

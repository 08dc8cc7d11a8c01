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
/// @param scores shape of the score matrices of an attention, which are among the activations; `[1, heads, T, S]`
/// @param field what a place of the result sees, while the result is a feature map
public record Operation(
        String layer,
        String kind,
        Shape result,
        long macs,
        long activations,
        Optional<Shape> scores,
        Optional<ReceptiveField> field) {}

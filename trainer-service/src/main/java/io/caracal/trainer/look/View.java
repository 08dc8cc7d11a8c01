package io.caracal.trainer.look;

import java.util.OptionalInt;

/// A way to look at what a model looked at.
public sealed interface View {

    /// Attention as it is.
    ///
    /// @param block from 0; the last if empty
    /// @param head from 0; all of them, fused, if empty
    record Attention(OptionalInt block, OptionalInt head, HeadFusion fusion) implements View {}

    /// What attention of all blocks together passes on.
    ///
    /// @param discard share of the weights, the smallest, that is left out; 0 to below 1
    record AttentionRollout(HeadFusion fusion, double discard) implements View {}

    /// What each place of the last maps adds to the class's logit.
    record ClassActivationMap() implements View {}

    /// What covering each place costs the class.
    ///
    /// @param cells along each side
    record OcclusionMap(int cells) implements View {}
}

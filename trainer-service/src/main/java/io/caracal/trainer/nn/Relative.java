package io.caracal.trainer.nn;

/// Whether the logits of an attention know where query and key are to each other (spec 2.5).
public enum Relative {
    NONE,
    /// [RelativeOffsets], the ViT paper's.
    OFFSETS,
    /// [RelativeBias], Swin's and BEiT's.
    BIAS
}

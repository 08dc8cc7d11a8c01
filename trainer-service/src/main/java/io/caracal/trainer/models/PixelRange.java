package io.caracal.trainer.models;

import io.caracal.trainer.tensor.Normalization;

/// By which mean and deviation bytes become a model's numbers, where that is an option (spec 3.4).
public enum PixelRange {
    /// Into [-1, 1]: Google's, for ViT and BiT.
    HALF,
    /// By those of ImageNet: torchvision's, DeiT's, and that of many others in timm.
    IMAGENET,
    /// Into [0, 1].
    UNIT;

    public Normalization normalization() {
        return switch (this) {
            case HALF -> Normalization.HALF;
            case IMAGENET -> Normalization.IMAGENET;
            case UNIT -> Normalization.UNIT;
        };
    }
}

package io.caracal.trainer.tensor;

/// What a batch normalisation keeps, each `[C]`.
///
/// @param scale gamma
/// @param shift beta
/// @param mean running mean over training batches
/// @param variance running unbiased variance over training batches
public record Statistics(Weight scale, Weight shift, Weight mean, Weight variance) {}

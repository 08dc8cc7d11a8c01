package io.caracal.trainer.fit;

/// How well a model does on some images, each image counting once.
///
/// @param images of which it is; in pre-training, their patches that were asked for
/// @param loss mean cross-entropy
/// @param accuracy share of images whose highest logit is their label's, [0, 1]
public record Evaluation(int images, double loss, double accuracy) {}

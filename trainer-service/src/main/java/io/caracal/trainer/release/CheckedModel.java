package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;

/// A model file that passed the parity gate.
///
/// @param onnx the file's bytes, which carry the card
/// @param test through ONNX Runtime on the held-out images
public record CheckedModel(byte[] onnx, ModelCard card, Parity parity, ConfusionMatrix test) {}

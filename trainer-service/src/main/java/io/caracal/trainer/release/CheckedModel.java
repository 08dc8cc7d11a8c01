package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import java.util.List;

/// A model file that passed the parity gate.
///
/// @param onnx the file's bytes, which carry the card
/// @param test through ONNX Runtime on the held-out images
/// @param scored each of these images in the order of the split, those that cannot be decoded left out
public record CheckedModel(byte[] onnx, ModelCard card, Parity parity, ConfusionMatrix test, List<ScoredImage> scored) {
    public CheckedModel {
        scored = List.copyOf(scored);
    }
}

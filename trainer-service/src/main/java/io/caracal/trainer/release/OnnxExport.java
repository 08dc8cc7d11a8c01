package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Network;

/// Writes a trained network as an ONNX file that carries its card: `pixels` in, `probabilities` and `logits` out.
public final class OnnxExport {
    public static final String INPUT = "pixels";
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";

    private OnnxExport() {}

    /// @throws IllegalArgumentException if the card's labels or size are not the network's
    public static byte[] write(Network network, ModelCard card) {
        throw new UnsupportedOperationException(network + card.name());
    }
}

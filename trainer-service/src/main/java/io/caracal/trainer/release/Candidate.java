package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Network;
import java.nio.ByteBuffer;

/// A trained model that is up for release.
public interface Candidate {

    /// Scores images on the engine that trained it, in evaluation mode.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
    /// @return `[count, classes]`
    float[][] logits(ByteBuffer pixels, int count);

    /// The model as an ONNX file that carries the card.
    byte[] export(ModelCard card);

    static Candidate of(Network network) {
        return new Candidate() {
            @Override
            public float[][] logits(ByteBuffer pixels, int count) {
                return network.logits(pixels, count);
            }

            @Override
            public byte[] export(ModelCard card) {
                return OnnxExport.write(network, card);
            }
        };
    }
}

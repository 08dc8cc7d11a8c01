package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Network;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A trained model that is up for release.
public interface Candidate {

    /// Scores images on the engine that trained it, in evaluation mode.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
    /// @return `[count, classes]`
    float[][] logits(ByteBuffer pixels, int count);

    /// Its patch tokens of images, as [Network#patchTokens] gives them; empty if they are not exported.
    default Optional<float[][]> patchTokens(ByteBuffer pixels, int count) {
        return Optional.empty();
    }

    /// The model as an ONNX file that carries the card.
    byte[] export(ModelCard card);

    static Candidate of(Network network, Export export) {
        return new Candidate() {
            @Override
            public float[][] logits(ByteBuffer pixels, int count) {
                return network.logits(pixels, count);
            }

            @Override
            public Optional<float[][]> patchTokens(ByteBuffer pixels, int count) {
                return export.patchTokens() ? Optional.of(network.patchTokens(pixels, count)) : Optional.empty();
            }

            @Override
            public byte[] export(ModelCard card) {
                return OnnxExport.write(network, card, export);
            }
        };
    }
}

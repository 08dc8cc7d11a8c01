package io.caracal.scoring;

import io.caracal.contracts.ModelCard;
import io.caracal.imaging.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An ONNX file and its card, ready to score. Owns the ONNX Runtime session. Safe for concurrent calls of [#score].
public final class Classifier implements AutoCloseable {
    private final ModelCard card;

    private Classifier(ModelCard card) {
        this.card = card;
    }

    /// Opens a file that carries its card, or a foreign one with `NAME.card.yaml` or `NAME.card.json` beside it.
    ///
    /// @throws ModelException if the file cannot be served: what is missing or wrong, in one line
    public static Classifier open(Path file, Device device) {
        throw new UnsupportedOperationException(file.toString() + device);
    }

    public ModelCard card() {
        return card;
    }

    /// How an image must be decoded for this model.
    public Preprocessing preprocessing() {
        throw new UnsupportedOperationException();
    }

    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
    public Scores score(ByteBuffer pixels, int count) {
        throw new UnsupportedOperationException(pixels.toString() + count);
    }

    @Override
    public void close() {}
}

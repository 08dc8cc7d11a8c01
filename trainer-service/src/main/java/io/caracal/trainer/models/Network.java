package io.caracal.trainer.models;

import io.caracal.trainer.tensor.Compute;
import java.nio.ByteBuffer;

/// An architecture with weights. Owns their native memory. For one thread at a time.
public final class Network implements AutoCloseable {
    private final Architecture architecture;

    private Network(Architecture architecture) {
        this.architecture = architecture;
    }

    /// A network with fresh weights.
    ///
    /// @param seed decides the weights
    public static Network create(Architecture architecture, int classes, Compute compute, long seed) {
        throw new UnsupportedOperationException(architecture.name() + classes + compute + seed);
    }

    public Architecture architecture() {
        return architecture;
    }

    /// Scores images in evaluation mode, on the engine that trains.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
    /// @return `[count, classes]`
    public float[][] logits(ByteBuffer pixels, int count) {
        throw new UnsupportedOperationException(pixels.toString() + count);
    }

    @Override
    public void close() {}
}

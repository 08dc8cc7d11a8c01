package io.caracal.imaging;

import java.nio.ByteBuffer;

/// Bytes to pixels: probe, decode, resize. Owns native buffers that it reuses from call to call, so one instance
/// serves one thread at a time; close it once.
public final class ImageDecoder implements AutoCloseable {
    private final Limits limits;
    private final Preprocessing preprocessing;

    public ImageDecoder(Limits limits, Preprocessing preprocessing) {
        this.limits = limits;
        this.preprocessing = preprocessing;
    }

    /// Writes RGB pixels `[height, width, 3]` at the target's position and advances it by
    /// [Preprocessing#pixelBytes]. On a refusal the position is unchanged.
    ///
    /// @param target direct or heap buffer with room for one image
    public Decoded decode(byte[] bytes, ByteBuffer target) {
        throw new UnsupportedOperationException(limits.toString() + preprocessing + bytes.length + target);
    }

    @Override
    public void close() {}
}

package io.caracal.trainer.data;

import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import java.nio.ByteBuffer;

/// Decodes images to one size. Owns native buffers; serves one thread at a time.
///
/// @param scratch room for one decoded image
record Decoding(ImageDecoder decoder, ByteBuffer scratch) implements AutoCloseable {

    static Decoding of(Preprocessing preprocessing) {
        // First what needs no closing, should there be no memory for the other.
        ByteBuffer scratch = ByteBuffer.allocateDirect(preprocessing.pixelBytes());
        return new Decoding(new ImageDecoder(Limits.DEFAULTS, preprocessing), scratch);
    }

    @Override
    public void close() {
        decoder.close();
    }
}

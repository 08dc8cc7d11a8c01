package io.caracal.inference.pipeline;

import io.caracal.imaging.Decoded;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import java.nio.ByteBuffer;

/// What one thread needs to decode the images of one run: a decoder and the pixels `[images, H, W, 3]` it writes.
final class Workspace implements AutoCloseable {
    private final Preprocessing preprocessing;
    private final ImageDecoder decoder;
    private final ByteBuffer pixels;

    Workspace(Preprocessing preprocessing, Limits limits, int images) {
        this.preprocessing = preprocessing;
        this.decoder = new ImageDecoder(limits, preprocessing);
        this.pixels = ByteBuffer.allocateDirect(images * preprocessing.pixelBytes());
    }

    boolean fits(Preprocessing wanted) {
        return preprocessing.equals(wanted);
    }

    void clear() {
        pixels.clear();
    }

    /// Appends the image to the pixels, or says why not.
    Decoded decode(byte[] bytes) {
        int before = pixels.position();
        try {
            return decoder.decode(bytes, pixels);
        } catch (RuntimeException e) {
            pixels.position(before);
            throw e;
        }
    }

    /// The images decoded since [#clear], for reading.
    ByteBuffer decoded() {
        return pixels.duplicate().flip();
    }

    @Override
    public void close() {
        decoder.close();
    }
}

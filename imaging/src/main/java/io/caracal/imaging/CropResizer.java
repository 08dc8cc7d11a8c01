package io.caracal.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/// Cuts a rectangle out of decoded pixels, resizes it and mirrors it at will: what training augments with. Enlarges
/// with OpenCV's INTER_LINEAR and shrinks with [Filter#ANTIALIAS]. Owns native buffers that it reuses from call to
/// call, so one instance serves one thread at a time; close it once.
public final class CropResizer implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final int targetWidth;
    private final int targetHeight;
    private final NativeResizer nativeResizer;
    private final Resampler resampler = new Resampler();
    private boolean closed;

    /// @param width of the results
    /// @throws IllegalStateException if OpenCV cannot be loaded on this machine
    public CropResizer(int width, int height) {
        OpenCv.load();
        this.targetWidth = width;
        this.targetHeight = height;
        this.nativeResizer = new NativeResizer(width, height);
    }

    /// Reads `[height, width, 3]` of uint8 at the source's position, which stays, and writes the crop as
    /// `[h, w, 3]` at the target's position, which it advances.
    ///
    /// @param source direct buffer
    /// @param mirror left to right
    /// @param target direct or heap buffer with room for one result
    /// @throws IllegalArgumentException if the crop is not inside the image, the source is not direct, or a
    ///     buffer is too small
    /// @throws IllegalStateException after [#close]
    public void resize(ByteBuffer source, int width, int height, Crop crop, boolean mirror, ByteBuffer target) {
        check(source, width, height, crop, target);
        int stride = width * CHANNELS;
        int start = crop.y() * stride + crop.x() * CHANNELS;
        ByteBuffer cut =
                source.slice(source.position() + start, (crop.height() - 1) * stride + crop.width() * CHANNELS);
        if (crop.width() > targetWidth || crop.height() > targetHeight) {
            shrink(cut, stride, crop, mirror, target);
        } else {
            enlarge(cut, stride, crop, mirror, target);
        }
    }

    private void enlarge(ByteBuffer cut, int stride, Crop crop, boolean mirror, ByteBuffer target) {
        try (var data = new BytePointer(cut);
                var pixels = new Mat(crop.height(), crop.width(), CV_8UC3, data, stride)) {
            nativeResizer.resize(pixels, mirror, target);
        }
    }

    private void shrink(ByteBuffer cut, int stride, Crop crop, boolean mirror, ByteBuffer target) {
        var across = Taps.of(new Taps.Axis(Filter.ANTIALIAS, crop.width(), crop.width(), targetWidth, 0, targetWidth));
        var down =
                Taps.of(new Taps.Axis(Filter.ANTIALIAS, crop.height(), crop.height(), targetHeight, 0, targetHeight));
        resampler.resample(
                MemorySegment.ofBuffer(cut),
                stride,
                crop.width(),
                crop.height(),
                mirror ? across.mirrored() : across,
                down,
                target);
    }

    private void check(ByteBuffer source, int width, int height, Crop crop, ByteBuffer target) {
        if (closed) {
            throw new IllegalStateException("the resizer is closed");
        }
        if (!source.isDirect()) {
            throw new IllegalArgumentException("the source is not a direct buffer");
        }
        if (!crop.isInside(width, height)) {
            throw new IllegalArgumentException(crop + " is not inside " + width + "x" + height);
        }
        if (source.remaining() < (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "the source holds " + source.remaining() + " bytes, less than " + width + "x" + height + " pixels");
        }
        if (target.remaining() < targetWidth * targetHeight * CHANNELS) {
            throw new IllegalArgumentException("the target has room for " + target.remaining() + " bytes, less than "
                    + targetWidth + "x" + targetHeight + " pixels");
        }
    }

    /// Gives the native memory back; further calls do nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            nativeResizer.close();
        }
    }
}

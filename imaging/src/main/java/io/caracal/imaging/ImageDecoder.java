package io.caracal.imaging;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/// Bytes to pixels: probe, decode, resize. Owns native buffers that it reuses from call to call, so one instance
/// serves one thread at a time; close it once.
///
/// With [Filter#ANTIALIAS], and where no DCT scaling took part, the result equals Pillow's bilinear resize of the
/// decoded image to the bit.
public final class ImageDecoder implements AutoCloseable {
    private final HeaderProbe probe;
    private final Preprocessing preprocessing;
    private final NativeDecoder decoder;
    private final PictureResizer resizer;
    private boolean closed;

    /// @throws IllegalStateException if OpenCV cannot be loaded on this machine
    public ImageDecoder(Limits limits, Preprocessing preprocessing) {
        OpenCv.load();
        this.probe = new HeaderProbe(limits);
        this.preprocessing = preprocessing;
        this.decoder = new NativeDecoder();
        this.resizer = new PictureResizer(preprocessing.geometry(), preprocessing.filter());
    }

    /// Writes RGB pixels `[height, width, 3]` at the target's position and advances it by
    /// [Preprocessing#pixelBytes]. On a refusal the target is untouched.
    ///
    /// @param target direct or heap buffer with room for one image
    /// @throws IllegalArgumentException if the target is too small
    /// @throws IllegalStateException after [#close]
    public Decoded decode(byte[] bytes, ByteBuffer target) {
        if (closed) {
            throw new IllegalStateException("the decoder is closed");
        }
        if (target.remaining() < preprocessing.pixelBytes()) {
            throw new IllegalArgumentException("the target has room for " + target.remaining() + " bytes, needed are "
                    + preprocessing.pixelBytes());
        }
        return switch (probe.probe(bytes)) {
            case Refusal refusal -> refusal;
            case Probe.Image(ImageHeader header) -> decode(bytes, header, target);
        };
    }

    private Decoded decode(byte[] bytes, ImageHeader header, ByteBuffer target) {
        int reduction = reduction(header);
        boolean orient = preprocessing.applyExifOrientation();
        return switch (decoder.decode(bytes, header.format(), reduction, orient)) {
            case NativeDecoder.Outcome.Failure(String message) -> new Refusal(Refusal.Reason.DAMAGED, message);
            case NativeDecoder.Outcome.Picture(Mat picture) -> {
                Decoded decoded = resize(picture, header, reduction, target);
                decoder.trim();
                yield decoded;
            }
        };
    }

    private Decoded resize(Mat picture, ImageHeader header, int reduction, ByteBuffer target) {
        if (hasSides(picture, header.width(), header.height(), reduction)) {
            resizer.resize(picture, header.width(), header.height(), reduction, target);
            return new Decoded.Done(header, header.width(), header.height());
        }
        if (preprocessing.applyExifOrientation() && hasSides(picture, header.height(), header.width(), reduction)) {
            resizer.resize(picture, header.height(), header.width(), reduction, target);
            return new Decoded.Done(header, header.height(), header.width());
        }
        return new Refusal(
                Refusal.Reason.DAMAGED,
                "the header announces " + header.width() + "x" + header.height() + " pixels, the data holds others");
    }

    /// The largest factor by which the JPEG decoder may shrink so that twice the resized size is left in both
    /// directions, either way up.
    private int reduction(ImageHeader header) {
        if (!preprocessing.dctScaling() || header.format() != ImageFormat.JPEG) {
            return 1;
        }
        var placement = Placement.of(preprocessing.geometry(), header.width(), header.height());
        int wide = placement.resizedWidth();
        int high = placement.resizedHeight();
        if (preprocessing.applyExifOrientation()) {
            wide = high = Math.max(wide, high);
        }
        int reduction = 8;
        while (reduction > 1 && (header.width() / reduction < 2 * wide || header.height() / reduction < 2 * high)) {
            reduction /= 2;
        }
        return reduction;
    }

    private static boolean hasSides(Mat picture, int width, int height, int reduction) {
        return picture.cols() == Math.ceilDiv(width, reduction) && picture.rows() == Math.ceilDiv(height, reduction);
    }

    /// Gives the native memory back; further calls do nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            decoder.close();
            resizer.close();
        }
    }
}

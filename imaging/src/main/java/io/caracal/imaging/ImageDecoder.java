package io.caracal.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Bytes to pixels: probe, decode, resize. Owns native buffers that it reuses from call to call, so one instance
/// serves one thread at a time; close it once.
public final class ImageDecoder implements AutoCloseable {
    private final HeaderProbe probe;
    private final Preprocessing preprocessing;
    private final Mat picture = new Mat();
    private final Mat resized = new Mat();

    public ImageDecoder(Limits limits, Preprocessing preprocessing) {
        this.probe = new HeaderProbe(limits);
        this.preprocessing = preprocessing;
        opencv_core.setNumThreads(1);
    }

    /// Writes RGB pixels `[height, width, 3]` at the target's position and advances it by
    /// [Preprocessing#pixelBytes]. On a refusal the position is unchanged.
    ///
    /// @param target direct or heap buffer with room for one image
    public Decoded decode(byte[] bytes, ByteBuffer target) {
        return switch (probe.probe(bytes)) {
            case Refusal refusal -> refusal;
            case Probe.Image(ImageHeader header) -> decode(bytes, header, target);
        };
    }

    private Decoded decode(byte[] bytes, ImageHeader header, ByteBuffer target) {
        int flags = opencv_imgcodecs.IMREAD_COLOR_RGB
                | (preprocessing.applyExifOrientation() ? 0 : opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION);
        try (var data = new BytePointer(bytes);
                var encoded = new Mat(1, bytes.length, CV_8UC1, data);
                var decoded = opencv_imgcodecs.imdecode(encoded, flags, picture)) {
            if (decoded.empty() || decoded.type() != CV_8UC3) {
                return new Refusal(Refusal.Reason.DAMAGED, "the " + header.format() + " data cannot be decoded");
            }
            var geometry = preprocessing.geometry();
            try (var size = new Size(geometry.width(), geometry.height())) {
                int interpolation = preprocessing.filter() == Filter.LINEAR
                        ? opencv_imgproc.INTER_LINEAR
                        : opencv_imgproc.INTER_AREA;
                opencv_imgproc.resize(decoded, resized, size, 0, 0, interpolation);
            }
            try (var pixels = resized.data()) {
                ByteBuffer view = pixels.capacity(preprocessing.pixelBytes()).asBuffer();
                target.put(view);
            }
            return new Decoded.Done(header);
        }
    }

    @Override
    public void close() {
        picture.close();
        resized.close();
    }
}

package io.caracal.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Cuts a rectangle out of decoded pixels and resizes it: what training augments with. One instance serves one
/// thread at a time; close it once.
public final class CropResizer implements AutoCloseable {
    private final Size size;
    private final Mat mirrored = new Mat();

    public CropResizer(int width, int height) {
        this.size = new Size(width, height);
        opencv_core.setNumThreads(1);
    }

    /// Reads `[height, width, 3]` of uint8 at the source's position and writes the crop as `[h, w, 3]` at the target's
    /// position, which it advances; the source's position stays.
    ///
    /// @param source direct buffer
    /// @param flip mirror left to right
    /// @param target direct buffer
    public void resize(ByteBuffer source, int width, int height, Crop crop, boolean flip, ByteBuffer target) {
        try (var from = new BytePointer(source);
                var to = new BytePointer(target);
                var cut = new Mat(
                        crop.height(),
                        crop.width(),
                        CV_8UC3,
                        from.getPointer(((long) crop.y() * width + crop.x()) * 3),
                        width * 3L);
                var result = new Mat(size.height(), size.width(), CV_8UC3, to)) {
            if (flip) {
                opencv_core.flip(cut, mirrored, 1);
                opencv_imgproc.resize(mirrored, result, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            } else {
                opencv_imgproc.resize(cut, result, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            }
            target.position(target.position() + size.width() * size.height() * 3);
        }
    }

    @Override
    public void close() {
        mirrored.close();
        size.close();
    }
}

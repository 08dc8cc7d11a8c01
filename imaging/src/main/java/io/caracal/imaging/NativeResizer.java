package io.caracal.imaging;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// OpenCV's INTER_LINEAR into a fixed size. One instance serves one thread at a time.
final class NativeResizer implements AutoCloseable {
    private static final int AROUND_THE_VERTICAL_AXIS = 1;

    private final Size size;
    private final Mat resized = new Mat();
    private final Mat mirrored = new Mat();

    NativeResizer(int width, int height) {
        this.size = new Size(width, height);
    }

    /// @param source `[H, W, 3]` of uint8
    /// @param mirror left to right, after resizing
    /// @param target gets the result at its position
    void resize(Mat source, boolean mirror, ByteBuffer target) {
        opencv_imgproc.resize(source, resized, size, 0, 0, opencv_imgproc.INTER_LINEAR);
        if (mirror) {
            opencv_core.flip(resized, mirrored, AROUND_THE_VERTICAL_AXIS);
        }
        target.put(Mats.pixels(mirror ? mirrored : resized).asByteBuffer());
    }

    @Override
    public void close() {
        resized.close();
        mirrored.close();
        size.close();
    }
}

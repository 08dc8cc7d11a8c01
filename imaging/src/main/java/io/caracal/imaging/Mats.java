package io.caracal.imaging;

import java.lang.foreign.MemorySegment;
import org.bytedeco.opencv.opencv_core.Mat;

/// OpenCV's matrices as Java sees memory.
final class Mats {
    private Mats() {}

    /// The matrix's own memory: valid as long as the matrix keeps it.
    @SuppressWarnings("restricted")
    static MemorySegment pixels(Mat mat) {
        try (var data = mat.data()) {
            return MemorySegment.ofAddress(data.address()).reinterpret(mat.rows() * mat.step());
        }
    }
}

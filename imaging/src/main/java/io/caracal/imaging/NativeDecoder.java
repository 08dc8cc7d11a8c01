package io.caracal.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Bytes to full-size RGB pixels in native memory, which is reused from call to call. One instance serves one thread
/// at a time.
final class NativeDecoder implements AutoCloseable {
    /// A picture above this is given back after use, so that one large image does not stay for good.
    private static final long KEPT_BYTES = 16 << 20;

    private final Mat picture = new Mat();
    private BytePointer encoded = new BytePointer(1 << 16);

    /// What came of the bytes.
    sealed interface Outcome {
        /// @param pixels `[H, W, 3]`, valid until the next call
        record Picture(Mat pixels) implements Outcome {}

        record Failure(String message) implements Outcome {}
    }

    /// @param reduction 1, 2, 4 or 8: each side is divided by it, rounded up; above 1 for JPEG only
    Outcome decode(byte[] bytes, ImageFormat format, int reduction, boolean applyExifOrientation) {
        if (!isWhole(bytes, format)) {
            return new Outcome.Failure("the " + format + " data is cut off");
        }
        hold(bytes, format);
        int flags =
                IMREAD_COLOR_RGB | reductionFlag(reduction) | (applyExifOrientation ? 0 : IMREAD_IGNORE_ORIENTATION);
        // After a failure `picture` may still hold the previous image: only the returned matrix tells.
        try (var source = new Mat(1, bytes.length, CV_8UC1, encoded);
                var decoded = opencv_imgcodecs.imdecode(source, flags, picture)) {
            return decoded.empty() || decoded.type() != CV_8UC3
                    ? new Outcome.Failure("the " + format + " data is damaged or cut off")
                    : new Outcome.Picture(picture);
        } catch (RuntimeException e) {
            // How JavaCPP passes on what OpenCV throws, for example at sides that it does not allow.
            return new Outcome.Failure("the " + format + " data does not decode: "
                    + e.getMessage().lines().findFirst().orElse("unknown"));
        }
    }

    /// What OpenCV leaves open: it takes some JPEGs without an end marker, and believes the lengths in a PNG. For the
    /// other formats its own checks do.
    private static boolean isWhole(byte[] bytes, ImageFormat format) {
        return switch (format) {
            case JPEG -> JpegSegments.hasEnd(bytes);
            case PNG -> PngChunks.areWhole(bytes);
            case WEBP, GIF, BMP -> true;
        };
    }

    /// OpenCV's flags for grey name the bare reduction; those for colour also ask for BGR.
    private static int reductionFlag(int reduction) {
        return switch (reduction) {
            case 1 -> 0;
            case 2 -> IMREAD_REDUCED_GRAYSCALE_2;
            case 4 -> IMREAD_REDUCED_GRAYSCALE_4;
            case 8 -> IMREAD_REDUCED_GRAYSCALE_8;
            default -> throw new IllegalArgumentException("reduction is " + reduction + ", allowed are 1, 2, 4, 8");
        };
    }

    private void hold(byte[] bytes, ImageFormat format) {
        if (encoded.capacity() < bytes.length) {
            encoded.close();
            encoded = new BytePointer(bytes.length + bytes.length / 2);
        }
        encoded.put(bytes, 0, bytes.length);
        int transparency = format == ImageFormat.GIF ? GifBlocks.transparencyFlag(bytes) : -1;
        if (transparency >= 0) {
            encoded.put(transparency, (byte) (bytes[transparency] & ~1));
        }
    }

    /// Gives an unusually large picture's memory back.
    void trim() {
        if (picture.total() * picture.elemSize() > KEPT_BYTES) {
            picture.release();
        }
    }

    @Override
    public void close() {
        picture.close();
        encoded.close();
    }
}

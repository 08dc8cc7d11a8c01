package io.caracal.imaging;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/// Brings a decoded picture into a model's geometry: which axis is resized by which [Taps], and by whom.
final class PictureResizer implements AutoCloseable {
    private final Geometry geometry;
    private final Filter filter;
    private final TapsCache taps = new TapsCache();
    private final Resampler resampler = new Resampler();
    private final NativeResizer nativeResizer;

    PictureResizer(Geometry geometry, Filter filter) {
        this.geometry = geometry;
        this.filter = filter;
        this.nativeResizer = new NativeResizer(geometry.width(), geometry.height());
    }

    /// @param picture `[H, W, 3]`
    /// @param width of the image before any reduction
    /// @param reduction by which the picture's sides are smaller than the image's
    /// @param target gets the result at its position
    void resize(Mat picture, int width, int height, int reduction, ByteBuffer target) {
        if (filter == Filter.LINEAR && geometry instanceof Geometry.Squash) {
            nativeResizer.resize(picture, false, target);
            return;
        }
        var placement = Placement.of(geometry, width, height);
        var horizontal = taps.get(new Taps.Axis(
                filter,
                picture.cols(),
                (double) width / reduction,
                placement.resizedWidth(),
                placement.left(),
                geometry.width()));
        var vertical = taps.get(new Taps.Axis(
                filter,
                picture.rows(),
                (double) height / reduction,
                placement.resizedHeight(),
                placement.top(),
                geometry.height()));
        resampler.resample(
                Mats.pixels(picture), picture.step(), picture.cols(), picture.rows(), horizontal, vertical, target);
    }

    @Override
    public void close() {
        nativeResizer.close();
    }
}

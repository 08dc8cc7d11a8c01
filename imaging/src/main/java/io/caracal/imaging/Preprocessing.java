package io.caracal.imaging;

/// How encoded bytes become a model's input. Training and serving share one value of this.
///
/// @param dctScaling let the JPEG decoder shrink by 2, 4 or 8 while the result stays at least twice as large as needed
/// @param applyExifOrientation turn the picture as its EXIF data says; the common training stacks do not
public record Preprocessing(Geometry geometry, Filter filter, boolean dctScaling, boolean applyExifOrientation) {

    /// With DCT scaling and without EXIF orientation.
    public static Preprocessing squash(int width, int height, Filter filter) {
        return new Preprocessing(new Geometry.Squash(width, height), filter, true, false);
    }

    /// As [#squash], with the aspect ratio kept.
    public static Preprocessing shortSideCrop(int shortSide, int width, int height, Filter filter) {
        return new Preprocessing(new Geometry.ShortSideCrop(shortSide, width, height), filter, true, false);
    }

    /// Bytes of one result: `height * width * 3`.
    public int pixelBytes() {
        return geometry.width() * geometry.height() * 3;
    }
}

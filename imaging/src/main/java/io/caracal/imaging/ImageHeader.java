package io.caracal.imaging;

/// What the first bytes of an encoded image announce, before anything is decoded.
///
/// @param width pixels as stored, before any EXIF orientation
public record ImageHeader(ImageFormat format, int width, int height) {

    public long pixels() {
        return (long) width * height;
    }
}

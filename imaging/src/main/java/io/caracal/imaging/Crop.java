package io.caracal.imaging;

/// A rectangle of pixels inside an image.
///
/// @param x left edge
/// @param y top edge
public record Crop(int x, int y, int width, int height) {

    boolean isInside(int imageWidth, int imageHeight) {
        return x >= 0 && y >= 0 && width >= 1 && height >= 1 && width <= imageWidth - x && height <= imageHeight - y;
    }
}

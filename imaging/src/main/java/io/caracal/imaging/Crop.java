package io.caracal.imaging;

/// A rectangle of pixels inside an image.
///
/// @param x left edge
/// @param y top edge
public record Crop(int x, int y, int width, int height) {}

package io.caracal.imaging;

/// What part of an image becomes the model's input, and in which shape.
public sealed interface Geometry {

    /// Pixels of the result.
    int width();

    int height();

    /// Width and height are forced; the aspect ratio is not kept.
    record Squash(int width, int height) implements Geometry {}

    /// The short side becomes `shortSide` with the aspect ratio kept, then the centre `width` by `height` is cut out.
    record ShortSideCrop(int shortSide, int width, int height) implements Geometry {
        public ShortSideCrop {
            if (width > shortSide || height > shortSide) {
                throw new IllegalArgumentException(
                        "crop " + width + "x" + height + " does not fit a short side of " + shortSide);
            }
        }
    }
}

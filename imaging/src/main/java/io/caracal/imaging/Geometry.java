package io.caracal.imaging;

/// What part of an image becomes the model's input, and in which shape.
public sealed interface Geometry {

    /// Pixels of the result.
    int width();

    int height();

    /// Width and height are forced; the aspect ratio is not kept.
    record Squash(int width, int height) implements Geometry {
        public Squash {
            requireSide("width", width);
            requireSide("height", height);
        }
    }

    /// The short side becomes `shortSide` with the aspect ratio kept, then the centre `width` by `height` is cut out:
    /// torchvision's `Resize` and `CenterCrop`, with their rounding.
    record ShortSideCrop(int shortSide, int width, int height) implements Geometry {
        public ShortSideCrop {
            requireSide("width", width);
            requireSide("height", height);
            requireSide("short side", shortSide);
            if (width > shortSide || height > shortSide) {
                throw new IllegalArgumentException(
                        "crop " + width + "x" + height + " does not fit a short side of " + shortSide);
            }
        }
    }

    private static void requireSide(String name, int pixels) {
        if (pixels < 1 || pixels > 4096) {
            throw new IllegalArgumentException(name + " is " + pixels + ", allowed are 1 to 4096 pixels");
        }
    }
}

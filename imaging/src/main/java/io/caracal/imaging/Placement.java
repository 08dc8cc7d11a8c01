package io.caracal.imaging;

/// Size to which an image is resized, and the window of the result that is wanted.
///
/// @param left of the window
/// @param top of the window
public record Placement(int resizedWidth, int resizedHeight, int left, int top) {

    /// @param width of the whole image, as it is to be seen
    /// @param height of the whole image
    public static Placement of(Geometry geometry, int width, int height) {
        return switch (geometry) {
            case Geometry.Squash(int w, int h) -> new Placement(w, h, 0, 0);
            case Geometry.ShortSideCrop(int side, int w, int h) -> {
                int resizedWidth = width <= height ? side : longSide(side, width, height);
                int resizedHeight = width <= height ? longSide(side, height, width) : side;
                yield new Placement(resizedWidth, resizedHeight, margin(resizedWidth - w), margin(resizedHeight - h));
            }
        };
    }

    /// torchvision's `Resize`: the fraction is cut off.
    private static int longSide(int shortSide, int longInput, int shortInput) {
        return (int) ((long) shortSide * longInput / shortInput);
    }

    /// torchvision's `CenterCrop`: Python's `round`, ties to even.
    private static int margin(int excess) {
        return (int) Math.rint(excess / 2.0);
    }
}

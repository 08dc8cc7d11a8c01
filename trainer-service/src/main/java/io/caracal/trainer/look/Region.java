package io.caracal.trainer.look;

import io.caracal.imaging.Geometry;
import io.caracal.imaging.Placement;

/// The part of a picture that a model sees, in shares of the picture's width and height.
public record Region(double left, double top, double width, double height) {

    /// @param width of the whole picture
    static Region of(Geometry geometry, int width, int height) {
        Placement placement = Placement.of(geometry, width, height);
        return new Region(
                (double) placement.left() / placement.resizedWidth(),
                (double) placement.top() / placement.resizedHeight(),
                (double) geometry.width() / placement.resizedWidth(),
                (double) geometry.height() / placement.resizedHeight());
    }

    boolean contains(double x, double y) {
        return x >= left && x < left + width && y >= top && y < top + height;
    }

    /// A place of the picture as a share of this part's width.
    double x(double ofPicture) {
        return (ofPicture - left) / width;
    }

    double y(double ofPicture) {
        return (ofPicture - top) / height;
    }
}

package io.caracal.datasets.drawn;

import io.caracal.datasets.drawn.Part.Finish;
import io.caracal.datasets.drawn.Part.Spot;

/// A part as the camera sees it, before light: a window of the picture around it, `[height, width]` row by row.
///
/// @param left of the window in the picture, may be negative
/// @param cover how much of each pixel the part fills, 0 to 1
/// @param elevation of the surface, pixels
/// @param finish of the surface; null where the part is not
record Relief(int left, int top, int width, int height, float[] cover, float[] elevation, Finish[] finish) {
    /// Room around the part for its soft shadow.
    private static final float MARGIN = 1.3f;

    /// Nothing of a part is farther from its centre than the root of this; what anti-aliasing needs included.
    private static final float BEYOND = 1.1f;

    static Relief of(Scene scene) {
        float reach = scene.radius() * MARGIN + 2;
        int left = (int) (scene.x() - reach);
        int top = (int) (scene.y() - reach);
        int side = (int) (2 * reach) + 1;
        var relief = new Relief(
                left, top, side, side, new float[side * side], new float[side * side], new Finish[side * side]);
        relief.fill(scene, View.of(scene));
        return relief;
    }

    private void fill(Scene scene, View view) {
        var spot = new Spot();
        for (int y = 0; y < height; y++) {
            float dy = top + y - scene.y();
            for (int x = 0; x < width; x++) {
                float dx = left + x - scene.x();
                float u = view.partX(dx, dy);
                float v = view.partY(dx, dy);
                if (u * u + v * v > BEYOND) {
                    continue;
                }
                scene.part().at(u, v, spot);
                int i = y * width + x;
                cover[i] = Noise.unit(0.5f - spot.distance * scene.radius());
                elevation[i] = spot.height * scene.radius();
                finish[i] = spot.finish;
            }
        }
    }

    /// From pixels around the part's centre to the part's own coordinates: undoes tilt, turn and size.
    private record View(float xx, float xy, float yx, float yy) {
        static View of(Scene scene) {
            float c = (float) Math.cos(scene.towards());
            float s = (float) Math.sin(scene.towards());
            float tc = (float) Math.cos(scene.turn()) / scene.radius();
            float ts = (float) Math.sin(scene.turn()) / scene.radius();
            float squeeze = 1 / scene.tilt();
            return new View(
                    tc * c * squeeze + ts * s,
                    tc * s * squeeze - ts * c,
                    ts * c * squeeze - tc * s,
                    ts * s * squeeze + tc * c);
        }

        float partX(float dx, float dy) {
            return xx * dx + xy * dy;
        }

        float partY(float dx, float dy) {
            return yx * dx + yy * dy;
        }
    }
}

package io.caracal.datasets.drawn;

import java.util.SplittableRandom;

/// A pin, cable or tool shaft that lies in the picture, over the part or beside it.
///
/// @param x1 pixels, as are the other coordinates and the radius
record Rod(float x1, float y1, float x2, float y2, float radius, Colour colour, float shine) {

    /// A long one that crosses a part at (cx, cy) off its centre and leaves the picture.
    static Rod across(SplittableRandom random, float cx, float cy, float partRadius) {
        double direction = random.nextDouble(2 * Math.PI);
        float off = partRadius * (float) random.nextDouble(0.3, 0.95);
        float px = cx - off * (float) Math.sin(direction);
        float py = cy + off * (float) Math.cos(direction);
        float reach = partRadius * 6;
        float start = (float) random.nextDouble(-1.2, 0) * partRadius;
        return new Rod(
                px + start * (float) Math.cos(direction),
                py + start * (float) Math.sin(direction),
                px + reach * (float) Math.cos(direction),
                py + reach * (float) Math.sin(direction),
                partRadius * (float) random.nextDouble(0.05, 0.16),
                random.nextBoolean() ? Colour.paint(random) : Colour.metal(random),
                (float) random.nextDouble(0.1, 0.8));
    }

    /// A short one anywhere.
    static Rod stray(SplittableRandom random, int width, int height) {
        double direction = random.nextDouble(2 * Math.PI);
        float longer = Math.max(width, height);
        float length = longer * (float) random.nextDouble(0.03, 0.14);
        float x = (float) random.nextDouble(width);
        float y = (float) random.nextDouble(height);
        return new Rod(
                x,
                y,
                x + length * (float) Math.cos(direction),
                y + length * (float) Math.sin(direction),
                longer * (float) random.nextDouble(0.005, 0.02),
                Colour.metal(random),
                (float) random.nextDouble(0.3, 0.9));
    }

    /// Where along the axis the point nearest to (x, y) lies, 0 to 1.
    float along(float x, float y) {
        float dx = x2 - x1;
        float dy = y2 - y1;
        return Noise.unit(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy));
    }
}

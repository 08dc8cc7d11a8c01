package io.caracal.datasets.drawn;

import java.util.SplittableRandom;

/// One lamp and what the room reflects.
///
/// @param x towards the lamp, unit vector with `y` and `z` (up, towards the camera)
/// @param lamp its colour
/// @param ambient what comes from everywhere
/// @param spotX where on the picture it is brightest, in parts of its width
/// @param falloff how much darker the corners are
/// @param shadow how dark the shadow is
/// @param softness of the shadow, in parts of the part's radius
record Light(
        float x,
        float y,
        float z,
        Colour lamp,
        float ambient,
        float spotX,
        float spotY,
        float falloff,
        float shadow,
        float softness) {

    static Light draw(SplittableRandom random) {
        double around = random.nextDouble(2 * Math.PI);
        double elevation = random.nextDouble(0.5, 1.25);
        float warmth = (float) random.nextDouble(-0.16, 0.22);
        return new Light(
                (float) (Math.cos(around) * Math.cos(elevation)),
                (float) (Math.sin(around) * Math.cos(elevation)),
                (float) Math.sin(elevation),
                new Colour(1 + warmth, 1, 1 - warmth),
                (float) random.nextDouble(0.25, 0.6),
                (float) random.nextDouble(0.1, 0.9),
                (float) random.nextDouble(0.1, 0.9),
                (float) random.nextDouble(0.05, 0.55),
                (float) random.nextDouble(0.35, 0.8),
                (float) random.nextDouble(0.04, 0.2));
    }

    /// Brightness at a place of the picture, coordinates 0 to 1.
    float at(float px, float py) {
        float dx = px - spotX;
        float dy = py - spotY;
        return 1 - falloff * Math.min(1, (dx * dx + dy * dy) * 1.1f);
    }
}

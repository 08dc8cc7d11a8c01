package io.caracal.datasets.drawn;

/// A machine part seen from above, in its own coordinates: centre 0, outer radius 1.
sealed interface Part permits Bearing, Gear {

    /// Says what is at a point.
    void at(float x, float y, Spot spot);

    /// Distance to the nearest of `count` points, evenly spaced on a circle around the centre.
    static float distanceToNearest(int count, float radius, float x, float y) {
        double pitch = 2 * Math.PI / count;
        double angle = Math.round(Math.atan2(y, x) / pitch) * pitch;
        float dx = x - radius * (float) Math.cos(angle);
        float dy = y - radius * (float) Math.sin(angle);
        return (float) Math.sqrt(dx * dx + dy * dy);
    }

    /// How the surface at a point answers light.
    enum Finish {
        /// Turned metal: fine concentric marks.
        TURNED,
        /// Polished balls.
        POLISHED,
        /// Paint, rubber, or the other metal of a cage.
        ACCENT,
        /// Deep inside, little light.
        RECESS
    }

    /// What [Part#at] fills in; reused from point to point.
    final class Spot {
        /// Signed distance to the silhouette, negative inside.
        float distance;
        /// Height of the surface; only its slope matters.
        float height;
        Finish finish = Finish.TURNED;
    }
}

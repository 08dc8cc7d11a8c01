package io.caracal.datasets.drawn;

import java.util.SplittableRandom;

/// A ball bearing: two rings, between them balls in a cage, or a shield over them.
///
/// @param outer inner radius of the outer ring
/// @param inner outer radius of the inner ring
/// @param balls 0 when a shield covers them
/// @param cage whether a cage shows between the balls
/// @param accent whether the shield is a coloured seal
record Bearing(float outer, float inner, float bore, int balls, boolean cage, boolean accent) implements Part {
    private static final float BEVEL = 0.03f;

    static Bearing draw(SplittableRandom random) {
        float bore = (float) random.nextDouble(0.26, 0.52);
        float inner = bore + (float) random.nextDouble(0.09, 0.15);
        float outer = Math.max(inner + 0.14f, 1 - (float) random.nextDouble(0.1, 0.2));
        float track = (outer + inner) / 2;
        float ball = (outer - inner) * 0.52f;
        int most = (int) (Math.PI * track / ball);
        boolean open = random.nextInt(5) < 3;
        return new Bearing(
                outer,
                inner,
                bore,
                open ? Math.max(5, (int) (most * random.nextDouble(0.6, 0.95))) : 0,
                random.nextBoolean(),
                random.nextInt(2) == 0);
    }

    @Override
    public void at(float x, float y, Spot spot) {
        float r = (float) Math.sqrt(x * x + y * y);
        float distance = Math.max(r - 1, bore - r);
        float gap = Math.min(r - inner, outer - r);
        spot.distance = distance;
        spot.height = BEVEL * Noise.step(-BEVEL, BEVEL, -distance);
        spot.finish = Finish.TURNED;
        if (gap <= 0) {
            return;
        }
        if (balls == 0) {
            spot.finish = accent ? Finish.ACCENT : Finish.TURNED;
            spot.height -= 0.05f * Noise.step(0, 0.025f, gap) - 0.02f * Noise.step(0.05f, 0.08f, gap);
        } else {
            race(x, y, gap, r, spot);
        }
    }

    private void race(float x, float y, float gap, float r, Spot spot) {
        float track = (outer + inner) / 2;
        float radius = (outer - inner) * 0.5f;
        float fromBall = Part.distanceToNearest(balls, track, x, y);
        float dome = radius * radius - fromBall * fromBall;
        if (dome > 0) {
            spot.finish = Finish.POLISHED;
            spot.height += (float) Math.sqrt(dome) - radius;
        } else if (cage && Math.abs(r - track) < radius * 0.55f) {
            spot.finish = Finish.ACCENT;
            spot.height -= 0.1f;
        } else {
            spot.finish = Finish.RECESS;
            spot.height -= 0.2f * Noise.step(0, 0.04f, gap);
        }
    }
}

package io.caracal.datasets.drawn;

import java.util.SplittableRandom;

/// A spur gear: teeth around a rim, a web that may be recessed or drilled, a hub with a bore and sometimes a keyway.
///
/// @param root radius at the foot of the teeth
/// @param tipWidth share of the tooth pitch that is metal at the tip; at the root it is more
/// @param rim inner radius of the rim; the web lies between it and the hub
/// @param webDepth how far the web is recessed
/// @param holes drilled in the web, 0 for none
/// @param keyway half its width, 0 for none
record Gear(
        int teeth,
        float root,
        float tipWidth,
        float rim,
        float hub,
        float bore,
        float webDepth,
        int holes,
        float holeRadius,
        float keyway,
        boolean painted)
        implements Part {
    private static final float BEVEL = 0.03f;

    static Gear draw(SplittableRandom random) {
        int teeth = random.nextInt(9, 23);
        float root = 1 - 4.2f / (teeth + 4);
        float bore = (float) random.nextDouble(0.14, 0.34);
        float hub = bore + (float) random.nextDouble(0.08, 0.14);
        float rim = root - (float) random.nextDouble(0.06, 0.12);
        boolean roomy = rim - hub > 0.16f;
        return new Gear(
                teeth,
                root,
                (float) random.nextDouble(0.24, 0.36),
                rim,
                hub,
                bore,
                roomy && random.nextInt(4) > 0 ? (float) random.nextDouble(0.03, 0.12) : 0,
                roomy && random.nextInt(3) > 0 ? random.nextInt(3, 8) : 0,
                (rim - hub) * (float) random.nextDouble(0.28, 0.42),
                random.nextInt(3) == 0 ? bore * (float) random.nextDouble(0.2, 0.3) : 0,
                random.nextInt(3) == 0);
    }

    @Override
    public void at(float x, float y, Spot spot) {
        float r = (float) Math.sqrt(x * x + y * y);
        float distance = Math.max(outline(x, y, r), bore - r);
        if (keyway > 0 && r < hub) {
            distance = Math.max(distance, -Math.max(Math.abs(y) - keyway, Math.max(x - bore * 1.25f, -x)));
        }
        float web = Math.min(r - hub, rim - r);
        if (holes > 0 && web > 0) {
            distance = Math.max(distance, holeRadius - Part.distanceToNearest(holes, (hub + rim) / 2, x, y));
        }
        spot.distance = distance;
        spot.height = BEVEL * Noise.step(-BEVEL, BEVEL, -distance) - webDepth * Noise.step(-0.01f, 0.03f, web);
        spot.finish = painted && web > 0 ? Finish.ACCENT : Finish.TURNED;
    }

    private float outline(float x, float y, float r) {
        if (r < root - 0.05f) {
            return r - root;
        }
        float pitch = (float) (Math.atan2(y, x) * teeth / (2 * Math.PI));
        float fromMiddle = 2 * Math.abs(pitch - Math.round(pitch));
        float height = Noise.unit((r - root) / (1 - root));
        float width = Noise.mix(0.72f, tipWidth, height);
        float flank = (fromMiddle - width) * (float) Math.PI * r / teeth * 0.9f;
        return Math.min(r - root, Math.max(r - 1, flank));
    }
}

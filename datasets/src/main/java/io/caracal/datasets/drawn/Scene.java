package io.caracal.datasets.drawn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Everything that chance decides about one picture. Only [#part] depends on the class; all else is drawn from the same
/// distributions for both, so that no colour, place, size or light gives the class away.
///
/// @param width pixels, 200 to 800, as is the height
/// @param x of the part's centre, pixels
/// @param radius of the part, pixels
/// @param tilt how much the view foreshortens the part, 1 for straight from above
/// @param towards the direction of the tilt, radians
/// @param turn of the part, radians
/// @param behind lie under the part
/// @param before lie over it
record Scene(
        int width,
        int height,
        Part part,
        float x,
        float y,
        float radius,
        float tilt,
        float towards,
        float turn,
        Colour metal,
        Colour accent,
        float shine,
        Backdrop backdrop,
        Light light,
        Camera camera,
        List<Rod> behind,
        List<Rod> before) {

    Scene {
        behind = List.copyOf(behind);
        before = List.copyOf(before);
    }

    static Scene draw(SplittableRandom random, PartKind kind) {
        int width = side(random);
        int height = Math.clamp(Math.round(width * random.nextDouble(0.62, 1.4)), 200, 800);
        int shorter = Math.min(width, height);
        float radius = shorter * (float) random.nextDouble(0.36, 0.54);
        float x = place(random, width, radius);
        float y = place(random, height, radius);
        List<Rod> behind = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            behind.add(Rod.stray(random, width, height));
        }
        List<Rod> before = random.nextInt(4) == 0 ? List.of(Rod.across(random, x, y, radius)) : List.of();
        return new Scene(
                width,
                height,
                // The part has its own generator: both classes leave the other draws in the same state.
                kind.draw(random.split()),
                x,
                y,
                radius,
                (float) random.nextDouble(0.76, 1),
                (float) random.nextDouble(Math.PI),
                (float) random.nextDouble(2 * Math.PI),
                Colour.metal(random),
                Colour.paint(random),
                (float) random.nextDouble(0.25, 0.9),
                Backdrop.draw(random),
                Light.draw(random),
                Camera.draw(random, shorter),
                behind,
                before);
    }

    /// More small pictures than large ones.
    private static int side(SplittableRandom random) {
        double share = random.nextDouble();
        return (int) Math.round(200 + 600 * share * share * share * share);
    }

    /// A little of the part may lie outside the picture.
    private static float place(SplittableRandom random, int side, float radius) {
        float margin = Math.min(radius * 0.85f, side / 2f - 1);
        return (float) random.nextDouble(margin, side - margin);
    }
}

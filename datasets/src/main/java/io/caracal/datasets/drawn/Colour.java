package io.caracal.datasets.drawn;

import java.util.List;
import java.util.SplittableRandom;

/// Linear light or reflectance, about 0 to 1.
record Colour(float red, float green, float blue) {
    private static final List<Colour> METALS = List.of(
            new Colour(0.56f, 0.57f, 0.58f),
            new Colour(0.72f, 0.71f, 0.69f),
            new Colour(0.42f, 0.42f, 0.44f),
            new Colour(0.26f, 0.26f, 0.28f),
            new Colour(0.68f, 0.52f, 0.26f),
            new Colour(0.64f, 0.38f, 0.26f),
            new Colour(0.58f, 0.55f, 0.40f));
    private static final List<Colour> PAINTS = List.of(
            new Colour(0.45f, 0.05f, 0.04f),
            new Colour(0.04f, 0.12f, 0.40f),
            new Colour(0.06f, 0.25f, 0.10f),
            new Colour(0.55f, 0.35f, 0.03f),
            new Colour(0.50f, 0.17f, 0.03f),
            new Colour(0.04f, 0.04f, 0.05f),
            new Colour(0.30f, 0.31f, 0.33f),
            new Colour(0.62f, 0.48f, 0.22f));

    static Colour metal(SplittableRandom random) {
        return METALS.get(random.nextInt(METALS.size())).varied(random, 0.12);
    }

    static Colour paint(SplittableRandom random) {
        return PAINTS.get(random.nextInt(PAINTS.size())).varied(random, 0.25);
    }

    /// Each channel up to `share` more or less.
    Colour varied(SplittableRandom random, double share) {
        float all = (float) random.nextDouble(1 - share, 1 + share);
        return new Colour(
                red * all * (float) random.nextDouble(1 - share / 2, 1 + share / 2),
                green * all * (float) random.nextDouble(1 - share / 2, 1 + share / 2),
                blue * all * (float) random.nextDouble(1 - share / 2, 1 + share / 2));
    }
}

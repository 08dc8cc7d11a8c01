package io.caracal.datasets.drawn;

import java.util.SplittableRandom;

/// What the part lies on. Pattern coordinates are in units of 1/500 of the picture's longer side, turned by `turn`.
///
/// @param strength how marked the pattern is, 0.5 to 1.3
/// @param shift where in the endless pattern the picture lies
record Backdrop(Material material, Colour colour, float cosine, float sine, float scale, float strength, float shift) {

    enum Material {
        WOOD,
        BELT,
        BRUSHED_STEEL,
        CARDBOARD,
        CUTTING_MAT,
        CONCRETE,
        CLOTH
    }

    static Backdrop draw(SplittableRandom random) {
        Material material = Material.values()[random.nextInt(Material.values().length)];
        double turn = random.nextDouble(Math.PI);
        return new Backdrop(
                material,
                colour(material, random),
                (float) Math.cos(turn),
                (float) Math.sin(turn),
                (float) random.nextDouble(0.7, 1.6),
                (float) random.nextDouble(0.5, 1.3),
                (float) random.nextDouble(5_000));
    }

    private static Colour colour(Material material, SplittableRandom random) {
        Colour plain =
                switch (material) {
                    case WOOD ->
                        random.nextBoolean() ? new Colour(0.42f, 0.25f, 0.12f) : new Colour(0.58f, 0.42f, 0.25f);
                    case BELT ->
                        random.nextBoolean() ? new Colour(0.06f, 0.065f, 0.06f) : new Colour(0.05f, 0.16f, 0.12f);
                    case BRUSHED_STEEL -> new Colour(0.45f, 0.46f, 0.47f);
                    case CARDBOARD -> new Colour(0.48f, 0.35f, 0.21f);
                    case CUTTING_MAT ->
                        random.nextBoolean() ? new Colour(0.04f, 0.22f, 0.18f) : new Colour(0.07f, 0.13f, 0.27f);
                    case CONCRETE -> new Colour(0.38f, 0.37f, 0.35f);
                    case CLOTH -> Colour.paint(random);
                };
        return plain.varied(random, 0.3);
    }

    /// How much of its colour the surface shows at a point, about 1.
    float tone(Noise noise, float x, float y) {
        float u = (x * cosine - y * sine) * scale + shift;
        float v = (x * sine + y * cosine) * scale + shift;
        float pattern =
                switch (material) {
                    case WOOD -> wood(noise, u, v);
                    case BELT -> 0.5f * weave(u * 0.9f, v * 0.9f) + 0.5f * noise.at(u * 2.3f, v * 2.3f);
                    case BRUSHED_STEEL -> 0.9f * noise.at(u * 0.08f, v * 3.1f) + 0.25f * noise.at(u * 0.5f, v * 0.5f);
                    case CARDBOARD ->
                        0.10f * (float) Math.sin(v * 0.9f)
                                + 0.4f * noise.at(u * 2.1f, v * 2.1f)
                                + 0.3f * noise.at(u * 0.4f, v * 0.4f);
                    case CUTTING_MAT -> grid(u, v) + 0.25f * noise.at(u * 1.7f, v * 1.7f);
                    case CONCRETE -> noise.at(u * 0.6f, v * 0.6f) + 0.5f * noise.at(u * 3, v * 3);
                    case CLOTH -> 0.7f * weave(u * 1.3f, v * 1.3f) + 0.5f * noise.at(u * 0.7f, v * 0.7f);
                };
        return Math.max(0.1f, 1 + strength * pattern);
    }

    private static float wood(Noise noise, float u, float v) {
        float bent = v + 40 * noise.at(u * 0.12f, v * 0.12f);
        float ring = (float) Math.sin(bent * 0.16f);
        return 0.22f * ring * ring * ring + 0.5f * noise.at(u * 0.15f, v * 2.7f) + 0.25f * noise.at(u, v);
    }

    private static float weave(float u, float v) {
        return 0.5f * (float) (Math.sin(u) * Math.sin(v));
    }

    private static float grid(float u, float v) {
        float fine = Math.min(line(u, 25), line(v, 25));
        float coarse = Math.min(line(u, 125), line(v, 125));
        return 0.35f * (1 - Noise.step(0.4f, 1.3f, fine)) + 0.5f * (1 - Noise.step(0.8f, 2, coarse));
    }

    /// Distance to the nearest of the lines that lie `every` apart.
    private static float line(float x, float every) {
        return Math.abs(x - every * Math.round(x / every));
    }
}

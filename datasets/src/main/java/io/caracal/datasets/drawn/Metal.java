package io.caracal.datasets.drawn;

/// How a part's surface answers the lamp: diffuse and mirrored light, and on turned faces the bright wedges that
/// concentric tool marks throw towards the lamp.
final class Metal {
    private final Scene scene;
    private final Noise noise;
    private final float lampAcross;
    private final float leanX;
    private final float leanY;

    Metal(Scene scene, Noise noise) {
        this.scene = scene;
        this.noise = noise;
        Light light = scene.light();
        lampAcross = (float) Math.sqrt(light.x() * light.x() + light.y() * light.y());
        float lean = (float) Math.sqrt(1 - scene.tilt() * scene.tilt()) * 0.5f;
        leanX = lean * (float) Math.cos(scene.towards());
        leanY = lean * (float) Math.sin(scene.towards());
    }

    /// Paints one pixel of the relief, which must not be on its rim, over pixel `i` of the picture.
    void shade(Relief relief, int x, int y, Raster raster, int i) {
        int at = y * relief.width() + x;
        float[] elevation = relief.elevation();
        float nx = leanX - (elevation[at + 1] - elevation[at - 1]) * 0.5f;
        float ny = leanY - (elevation[at + relief.width()] - elevation[at - relief.width()]) * 0.5f;
        float nz = 1 / (float) Math.sqrt(nx * nx + ny * ny + 1);
        nx *= nz;
        ny *= nz;
        Light light = scene.light();
        float facing = Math.max(0, nx * light.x() + ny * light.y() + nz * light.z());
        float level = light.ambient() + (1 - light.ambient()) * facing;
        float mirrored = mirrored(nx, ny, nz);
        float dx = relief.left() + x - scene.x();
        float dy = relief.top() + y - scene.y();
        float r = (float) Math.sqrt(dx * dx + dy * dy) + 1e-3f;
        switch (relief.finish()[at]) {
            case TURNED -> {
                float wedge = (dx * light.x() + dy * light.y()) / (r * lampAcross + 1e-3f);
                wedge *= wedge;
                float marks = 1 + 0.22f * noise.at(r * 160 / scene.radius() * 2.2f, 11);
                float wear = 1 + 0.25f * noise.at(dx * 90 / scene.radius(), dy * 90 / scene.radius());
                float shine = scene.shine() * (0.9f * wedge * wedge * wedge + 0.6f * mirrored);
                paint(
                        raster,
                        i,
                        scene.metal(),
                        marks * wear * (level * 0.6f + shine),
                        0.12f * shine,
                        relief.cover()[at]);
            }
            case POLISHED ->
                paint(
                        raster,
                        i,
                        scene.metal(),
                        0.3f * level + 1.1f * mirrored,
                        0.5f * mirrored * mirrored,
                        relief.cover()[at]);
            case ACCENT -> {
                float grime = 1 + 0.4f * noise.at(dx * 120 / scene.radius(), dy * 120 / scene.radius());
                paint(raster, i, scene.accent(), level * grime, 0.18f * mirrored * scene.shine(), relief.cover()[at]);
            }
            case RECESS -> paint(raster, i, scene.metal(), 0.22f * level, 0, relief.cover()[at]);
        }
    }

    /// What the surface mirrors: the lamp, a window opposite to it, the dark below the horizon.
    private float mirrored(float nx, float ny, float nz) {
        Light light = scene.light();
        float mx = 2 * nz * nx;
        float my = 2 * nz * ny;
        float mz = 2 * nz * nz - 1;
        float lamp = Math.max(0, mx * light.x() + my * light.y() + mz * light.z());
        float window = Math.max(0, -0.8f * mx * light.y() + 0.8f * my * light.x() + 0.6f * mz);
        float lamp4 = lamp * lamp * lamp * lamp;
        return 0.1f + 0.2f * Math.max(0, mz) + 1.3f * lamp4 * lamp4 + 0.4f * window * window * window;
    }

    private void paint(Raster raster, int i, Colour colour, float level, float glint, float cover) {
        Light light = scene.light();
        raster.blend(
                i,
                (colour.red() * level + glint) * light.lamp().red(),
                (colour.green() * level + glint) * light.lamp().green(),
                (colour.blue() * level + glint) * light.lamp().blue(),
                cover);
    }
}

package io.caracal.datasets.drawn;

/// Lights a scene: backdrop, stray pins, the part with its shadow, whatever lies over it.
final class Studio {
    private final Noise noise;

    Studio(Noise noise) {
        this.noise = noise;
    }

    Raster light(Scene scene) {
        Raster raster = Raster.of(scene.width(), scene.height());
        backdrop(scene, raster);
        scene.behind().forEach(rod -> rod(scene, rod, raster));
        Relief relief = Relief.of(scene);
        shadow(scene, relief, raster);
        part(scene, relief, raster);
        scene.before().forEach(rod -> rod(scene, rod, raster));
        return raster;
    }

    private void backdrop(Scene scene, Raster raster) {
        Light light = scene.light();
        Colour colour = scene.backdrop().colour();
        float unit = 500f / Math.max(scene.width(), scene.height());
        float level = light.ambient() + (1 - light.ambient()) * light.z();
        for (int y = 0; y < scene.height(); y++) {
            for (int x = 0; x < scene.width(); x++) {
                float tone = scene.backdrop().tone(noise, x * unit, y * unit)
                        * level
                        * light.at((float) x / scene.width(), (float) y / scene.height());
                raster.set(
                        y * scene.width() + x,
                        tone * colour.red() * light.lamp().red(),
                        tone * colour.green() * light.lamp().green(),
                        tone * colour.blue() * light.lamp().blue());
            }
        }
    }

    /// The silhouette, moved away from the lamp and softened.
    private static void shadow(Scene scene, Relief relief, Raster raster) {
        Light light = scene.light();
        float[] soft = relief.cover().clone();
        Blur.soften(soft, relief.width(), relief.height(), light.softness() * scene.radius() / 2);
        float throwLength = 0.18f * scene.radius() / Math.max(0.35f, light.z());
        int shiftX = Math.round(-light.x() * throwLength);
        int shiftY = Math.round(-light.y() * throwLength);
        for (int y = 0; y < relief.height(); y++) {
            int py = y + relief.top() + shiftY;
            for (int x = 0; x < relief.width(); x++) {
                int px = x + relief.left() + shiftX;
                float dark = soft[y * relief.width() + x];
                if (dark > 0.004f && px >= 0 && py >= 0 && px < scene.width() && py < scene.height()) {
                    raster.scale(py * scene.width() + px, 1 - light.shadow() * dark);
                }
            }
        }
    }

    private void part(Scene scene, Relief relief, Raster raster) {
        var metal = new Metal(scene, noise);
        for (int y = 1; y < relief.height() - 1; y++) {
            int py = y + relief.top();
            if (py < 0 || py >= scene.height()) {
                continue;
            }
            for (int x = 1; x < relief.width() - 1; x++) {
                int px = x + relief.left();
                float cover = relief.cover()[y * relief.width() + x];
                if (cover > 0 && px >= 0 && px < scene.width()) {
                    metal.shade(relief, x, y, raster, py * scene.width() + px);
                }
            }
        }
    }

    private static void rod(Scene scene, Rod rod, Raster raster) {
        Light light = scene.light();
        float margin = rod.radius() * 2.5f;
        int left = Math.max(0, (int) (Math.min(rod.x1(), rod.x2()) - margin));
        int right = Math.min(scene.width() - 1, (int) (Math.max(rod.x1(), rod.x2()) + margin));
        int top = Math.max(0, (int) (Math.min(rod.y1(), rod.y2()) - margin));
        int bottom = Math.min(scene.height() - 1, (int) (Math.max(rod.y1(), rod.y2()) + margin));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                int i = y * scene.width() + x;
                float t = rod.along(x, y);
                float dx = (x - Noise.mix(rod.x1(), rod.x2(), t)) / rod.radius();
                float dy = (y - Noise.mix(rod.y1(), rod.y2(), t)) / rod.radius();
                float off = dx * dx + dy * dy;
                float castX = dx + light.x();
                float castY = dy + light.y();
                float cast = 1 - Noise.step(0.5f, 1.6f, (float) Math.sqrt(castX * castX + castY * castY));
                raster.scale(i, 1 - light.shadow() * cast * 0.8f);
                if (off < 1.2f) {
                    float nz = (float) Math.sqrt(Math.max(0.02f, 1 - off));
                    float towards = Math.max(0, dx * light.x() + dy * light.y() + nz * light.z());
                    float glint = rod.shine() * pow16(towards);
                    float level = light.ambient() + (1 - light.ambient()) * towards;
                    float edge = Noise.unit((1 - (float) Math.sqrt(off)) * rod.radius() + 0.5f);
                    raster.blend(
                            i,
                            rod.colour().red() * level * light.lamp().red() + glint,
                            rod.colour().green() * level * light.lamp().green() + glint,
                            rod.colour().blue() * level * light.lamp().blue() + glint,
                            edge);
                }
            }
        }
    }

    private static float pow16(float x) {
        float x2 = x * x;
        float x4 = x2 * x2;
        float x8 = x4 * x4;
        return x8 * x8;
    }
}

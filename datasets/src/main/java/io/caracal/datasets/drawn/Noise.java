package io.caracal.datasets.drawn;

import java.util.SplittableRandom;

/// Fractal value noise that tiles: what makes a surface look unlike paint.
final class Noise {
    private static final int SIZE = 512;
    private static final int MASK = SIZE - 1;

    private final float[] values = new float[SIZE * SIZE];

    /// @param octaves how many layers, each twice as fine and about half as strong as the one before
    Noise(SplittableRandom random, int octaves) {
        float strength = 1;
        float sum = 0;
        for (int octave = 0; octave < octaves; octave++) {
            addLayer(random, 4 << octave, strength);
            sum += strength;
            strength *= 0.55f;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }

    private void addLayer(SplittableRandom random, int cells, float strength) {
        float[] lattice = new float[cells * cells];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = (float) random.nextDouble(-1, 1);
        }
        float step = (float) cells / SIZE;
        for (int y = 0; y < SIZE; y++) {
            int row = (int) (y * step);
            float fy = smooth(y * step - row);
            int nextRow = (row + 1) % cells;
            for (int x = 0; x < SIZE; x++) {
                int column = (int) (x * step);
                float fx = smooth(x * step - column);
                int nextColumn = (column + 1) % cells;
                float top = mix(lattice[row * cells + column], lattice[row * cells + nextColumn], fx);
                float bottom = mix(lattice[nextRow * cells + column], lattice[nextRow * cells + nextColumn], fx);
                values[y * SIZE + x] += strength * mix(top, bottom, fy);
            }
        }
    }

    /// About -0.6 to 0.6, mean 0, linear between grid points; any coordinates, repeating every 512.
    float at(float x, float y) {
        int column = floor(x);
        int row = floor(y);
        float fx = x - column;
        float fy = y - row;
        int left = column & MASK;
        int right = (column + 1) & MASK;
        int top = (row & MASK) * SIZE;
        int bottom = ((row + 1) & MASK) * SIZE;
        return mix(
                mix(values[top + left], values[top + right], fx),
                mix(values[bottom + left], values[bottom + right], fx),
                fy);
    }

    private static int floor(float x) {
        int whole = (int) x;
        return x < whole ? whole - 1 : whole;
    }

    static float mix(float a, float b, float share) {
        return a + (b - a) * share;
    }

    static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }

    /// 0 below `from`, 1 above `to`, smooth between.
    static float step(float from, float to, float x) {
        return smooth(unit((x - from) / (to - from)));
    }

    /// Cut to 0 to 1; `Math.clamp` is slower by its checks.
    static float unit(float x) {
        return Math.min(Math.max(x, 0f), 1f);
    }
}

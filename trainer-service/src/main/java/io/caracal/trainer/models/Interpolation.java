package io.caracal.trainer.models;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How values on a grid become values on a finer or coarser one (spec 2.5 and 4.4): those of learned positions,
/// when images have another size than those that the positions were learned on. Programs differ, and so do the
/// results, even where grids grow.
public enum Interpolation {
    /// timm's when it loads weights; of pixels, Pillow's.
    @JsonProperty("bicubic-antialias")
    BICUBIC_ANTIALIAS(Kernel.CUBIC_HALF, Coordinates.ANTIALIAS),
    /// Hugging Face's and DINO's.
    @JsonProperty("bicubic")
    BICUBIC(Kernel.CUBIC_THREE_QUARTERS, Coordinates.HALF_PIXEL),
    /// torchvision's.
    @JsonProperty("bicubic-corners")
    BICUBIC_CORNERS(Kernel.CUBIC_THREE_QUARTERS, Coordinates.CORNERS),
    @JsonProperty("bilinear-antialias")
    BILINEAR_ANTIALIAS(Kernel.TRIANGLE, Coordinates.ANTIALIAS),
    /// timm's when it reads Google's files.
    @JsonProperty("bilinear")
    BILINEAR(Kernel.TRIANGLE, Coordinates.HALF_PIXEL),
    /// Google's: the zoom of SciPy.
    @JsonProperty("bilinear-corners")
    BILINEAR_CORNERS(Kernel.TRIANGLE, Coordinates.CORNERS);

    /// Where in the old grid a new place lies.
    private enum Coordinates {
        /// Centres of pixels at halves; places beyond the border take the border's value.
        HALF_PIXEL,
        /// Corners lie on corners; beyond the border as before.
        CORNERS,
        /// As the first, but where a grid shrinks each place looks at all it replaces, and what lies beyond the
        /// border has no weight.
        ANTIALIAS
    }

    /// The weight of a value at a distance.
    private enum Kernel {
        TRIANGLE(1, 0),
        CUBIC_HALF(2, -.5),
        CUBIC_THREE_QUARTERS(2, -.75);

        private final int reach;
        private final double a;

        Kernel(int reach, double a) {
            this.reach = reach;
            this.a = a;
        }

        double at(double distance) {
            double t = Math.abs(distance);
            if (this == TRIANGLE) {
                return Math.max(0, 1 - t);
            }
            if (t < 1) {
                return (a + 2) * t * t * t - (a + 3) * t * t + 1;
            }
            return t < 2 ? a * t * t * t - 5 * a * t * t + 8 * a * t - 4 * a : 0;
        }
    }

    private final Kernel kernel;
    private final Coordinates coordinates;

    Interpolation(Kernel kernel, Coordinates coordinates) {
        this.kernel = kernel;
        this.coordinates = coordinates;
    }

    /// As it is written.
    public String label() {
        return Option.text(this);
    }

    /// What each new value on a line takes of each old one: `[to][from]`, rows add up to 1.
    public double[][] weights(int from, int to) {
        double[][] weights = new double[to][from];
        for (int i = 0; i < to; i++) {
            switch (coordinates) {
                case HALF_PIXEL -> clamped(weights[i], (i + .5) * from / to - .5);
                case CORNERS -> clamped(weights[i], to == 1 ? 0 : (double) i * (from - 1) / (to - 1));
                case ANTIALIAS -> cut(weights[i], (i + .5) * from / to, Math.max(1, (double) from / to));
            }
        }
        return weights;
    }

    /// Values `[from, from, width]`, row by row, to `[to, to, width]`.
    public float[] square(float[] values, int from, int to, int width) {
        double[][] weights = weights(from, to);
        double[] rows = new double[to * from * width];
        for (int y = 0; y < to; y++) {
            for (int old = 0; old < from; old++) {
                for (int i = 0; i < from * width; i++) {
                    rows[y * from * width + i] += weights[y][old] * values[old * from * width + i];
                }
            }
        }
        float[] square = new float[to * to * width];
        for (int y = 0; y < to; y++) {
            for (int x = 0; x < to; x++) {
                for (int channel = 0; channel < width; channel++) {
                    double sum = 0;
                    for (int old = 0; old < from; old++) {
                        sum += weights[x][old] * rows[(y * from + old) * width + channel];
                    }
                    square[(y * to + x) * width + channel] = (float) sum;
                }
            }
        }
        return square;
    }

    /// Values `[from, width]` to `[to, width]`.
    public float[] line(float[] values, int from, int to, int width) {
        double[][] weights = weights(from, to);
        float[] line = new float[to * width];
        for (int i = 0; i < to; i++) {
            for (int channel = 0; channel < width; channel++) {
                double sum = 0;
                for (int old = 0; old < from; old++) {
                    sum += weights[i][old] * values[old * width + channel];
                }
                line[i * width + channel] = (float) sum;
            }
        }
        return line;
    }

    private void clamped(double[] weights, double at) {
        int first = (int) Math.floor(at) - kernel.reach + 1;
        for (int tap = first; tap < first + 2 * kernel.reach; tap++) {
            weights[Math.clamp(tap, 0, weights.length - 1)] += kernel.at(at - tap);
        }
    }

    /// @param scale old places per new one, at least 1
    private void cut(double[] weights, double centre, double scale) {
        double reach = kernel.reach * scale;
        int end = Math.min(weights.length, (int) (centre + reach + .5));
        double sum = 0;
        for (int tap = Math.max(0, (int) (centre - reach + .5)); tap < end; tap++) {
            weights[tap] = kernel.at((tap - centre + .5) / scale);
            sum += weights[tap];
        }
        for (int tap = 0; tap < weights.length; tap++) {
            weights[tap] /= sum;
        }
    }
}

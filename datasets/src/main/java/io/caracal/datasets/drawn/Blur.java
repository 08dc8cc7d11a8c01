package io.caracal.datasets.drawn;

/// Box blur in place, sides repeated; twice in each direction is close to a Gaussian.
final class Blur {

    private Blur() {}

    /// @param radius pixels, fractions count
    static void soften(float[] plane, int width, int height, float radius) {
        if (radius < 0.2f) {
            return;
        }
        smear(plane, width, height, radius);
        smear(plane, width, height, radius);
        lengthen(plane, width, height, radius);
        lengthen(plane, width, height, radius);
    }

    /// Along rows only: what a moving belt does.
    static void smear(float[] plane, int width, int height, float radius) {
        var kernel = Kernel.of(radius);
        float[] line = new float[width];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            System.arraycopy(plane, row, line, 0, width);
            float sum = 0;
            for (int i = -kernel.whole; i <= kernel.whole; i++) {
                sum += line[Math.clamp(i, 0, width - 1)];
            }
            for (int x = 0; x < width; x++) {
                float before = line[Math.max(x - kernel.whole - 1, 0)];
                float after = line[Math.min(x + kernel.whole + 1, width - 1)];
                plane[row + x] = (sum + kernel.part * (before + after)) * kernel.scale;
                sum += after - line[Math.max(x - kernel.whole, 0)];
            }
        }
    }

    /// Along columns, all of a row at once: the order in which memory is read decides the speed.
    private static void lengthen(float[] plane, int width, int height, float radius) {
        var kernel = Kernel.of(radius);
        float[] from = plane.clone();
        float[] sum = new float[width];
        for (int i = -kernel.whole; i <= kernel.whole; i++) {
            int row = Math.clamp(i, 0, height - 1) * width;
            for (int x = 0; x < width; x++) {
                sum[x] += from[row + x];
            }
        }
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int before = Math.max(y - kernel.whole - 1, 0) * width;
            int after = Math.min(y + kernel.whole + 1, height - 1) * width;
            int leaving = Math.max(y - kernel.whole, 0) * width;
            for (int x = 0; x < width; x++) {
                plane[row + x] = (sum[x] + kernel.part * (from[before + x] + from[after + x])) * kernel.scale;
                sum[x] += from[after + x] - from[leaving + x];
            }
        }
    }

    /// @param whole pixels to each side that count fully
    /// @param part how much the next one to each side counts
    private record Kernel(int whole, float part, float scale) {
        static Kernel of(float radius) {
            int whole = (int) radius;
            return new Kernel(whole, radius - whole, 1 / (2 * radius + 1));
        }
    }
}

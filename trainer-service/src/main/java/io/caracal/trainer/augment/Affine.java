package io.caracal.trainer.augment;

/// Pillow's `Image.transform` with an affine matrix, bilinear: output pixel (x, y) is read at
/// `(a x + b y + c, d x + e y + f)`, pixel centres at .5; what lies outside of the image is grey.
///
/// @param a of x, to x
/// @param b of y, to x
/// @param c to x
/// @param d of x, to y
/// @param e of y, to y
/// @param f to y
record Affine(double a, double b, double c, double d, double e, double f) {
    private static final byte FILL = (byte) 128;

    static Affine shearX(double factor) {
        return new Affine(1, factor, 0, 0, 1, 0);
    }

    static Affine shearY(double factor) {
        return new Affine(1, 0, 0, factor, 1, 0);
    }

    /// @param x pixels by which the picture moves to the left
    /// @param y pixels by which it moves up
    static Affine translate(double x, double y) {
        return new Affine(1, 0, x, 0, 1, y);
    }

    /// Counter-clockwise around the centre.
    ///
    /// @param degrees -360 to 360
    static Affine rotate(double degrees, int width, int height) {
        double angle = -Math.toRadians(degrees < 0 ? degrees + 360 : degrees);
        double cos = rounded(Math.cos(angle));
        double sin = rounded(Math.sin(angle));
        double x = width / 2.0;
        double y = height / 2.0;
        return new Affine(cos, sin, -x * cos - y * sin + x, -sin, cos, x * sin - y * cos + y);
    }

    /// To 15 digits, as Pillow does.
    private static double rounded(double value) {
        return Math.rint(value * 1e15) / 1e15;
    }

    void apply(Canvas canvas) {
        byte[] out = canvas.spare();
        int width = canvas.width();
        int at = 0;
        for (int y = 0; y < canvas.height(); y++) {
            for (int x = 0; x < width; x++) {
                double fromX = a * (x + 0.5) + b * (y + 0.5) + c;
                double fromY = d * (x + 0.5) + e * (y + 0.5) + f;
                if (fromX < 0 || fromX >= width || fromY < 0 || fromY >= canvas.height()) {
                    out[at] = FILL;
                    out[at + 1] = FILL;
                    out[at + 2] = FILL;
                } else {
                    sample(canvas, fromX - 0.5, fromY - 0.5, out, at);
                }
                at += Canvas.CHANNELS;
            }
        }
        canvas.swap();
    }

    private static void sample(Canvas canvas, double x, double y, byte[] out, int at) {
        byte[] in = canvas.pixels();
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double dx = x - left;
        double dy = y - top;
        int x0 = Math.max(left, 0) * Canvas.CHANNELS;
        int x1 = Math.min(left + 1, canvas.width() - 1) * Canvas.CHANNELS;
        int upper = Math.max(top, 0) * canvas.width() * Canvas.CHANNELS;
        int lower = Math.min(top + 1, canvas.height() - 1) * canvas.width() * Canvas.CHANNELS;
        for (int c = 0; c < Canvas.CHANNELS; c++) {
            double above = between(in[upper + x0 + c] & 0xff, in[upper + x1 + c] & 0xff, dx);
            double below = between(in[lower + x0 + c] & 0xff, in[lower + x1 + c] & 0xff, dx);
            // Cut off and not rounded, as Pillow does.
            out[at + c] = (byte) (int) (above + (below - above) * dy);
        }
    }

    private static double between(int a, int b, double share) {
        return a + (b - a) * share;
    }
}

package io.caracal.trainer.augment;

/// Pillow's `ImageEnhance`: between a degenerate image (factor 0), the image itself (1) and beyond.
final class Enhancement {
    private static final float SMOOTH_CENTRE = 5f / 13;
    private static final float SMOOTH_AROUND = 1f / 13;

    private Enhancement() {}

    /// Degenerate is black.
    static void brightness(Canvas canvas, double factor) {
        float f = (float) factor;
        Tables.mapAll(canvas, value -> blended(0, value, f));
    }

    /// Degenerate is the grey of the mean luma.
    static void contrast(Canvas canvas, double factor) {
        byte[] pixels = canvas.pixels();
        int count = pixels.length / Canvas.CHANNELS;
        long sum = 0;
        for (int i = 0; i < pixels.length; i += Canvas.CHANNELS) {
            sum += Canvas.luma(pixels, i);
        }
        int mean = (int) ((double) sum / count + 0.5);
        float f = (float) factor;
        Tables.mapAll(canvas, value -> blended(mean, value, f));
    }

    /// Degenerate is the image in grey.
    static void color(Canvas canvas, double factor) {
        byte[] pixels = canvas.pixels();
        float f = (float) factor;
        for (int i = 0; i < pixels.length; i += Canvas.CHANNELS) {
            int grey = Canvas.luma(pixels, i);
            for (int c = i; c < i + Canvas.CHANNELS; c++) {
                pixels[c] = (byte) blended(grey, pixels[c] & 0xff, f);
            }
        }
    }

    /// Degenerate is the image smoothed by 3 x 3 weights, 5 in the centre and 1 around it; the border stays as it is.
    static void sharpness(Canvas canvas, double factor) {
        byte[] in = canvas.pixels();
        byte[] out = canvas.spare();
        System.arraycopy(in, 0, out, 0, in.length);
        int row = canvas.width() * Canvas.CHANNELS;
        float f = (float) factor;
        for (int y = 1; y < canvas.height() - 1; y++) {
            for (int i = y * row + Canvas.CHANNELS; i < (y + 1) * row - Canvas.CHANNELS; i++) {
                int value = in[i] & 0xff;
                // In Pillow's order: float sums depend on it.
                float smooth = 0.5f;
                smooth += line(in, i + row, SMOOTH_AROUND);
                smooth += line(in, i, SMOOTH_CENTRE);
                smooth += line(in, i - row, SMOOTH_AROUND);
                out[i] = (byte) blended(Math.clamp((int) smooth, 0, 255), value, f);
            }
        }
        canvas.swap();
    }

    private static float line(byte[] in, int i, float middle) {
        return (in[i - Canvas.CHANNELS] & 0xff) * SMOOTH_AROUND
                + (in[i] & 0xff) * middle
                + (in[i + Canvas.CHANNELS] & 0xff) * SMOOTH_AROUND;
    }

    private static int blended(int degenerate, int value, float factor) {
        return Math.clamp((int) (degenerate + factor * (value - degenerate)), 0, 255);
    }
}

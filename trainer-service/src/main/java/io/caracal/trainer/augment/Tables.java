package io.caracal.trainer.augment;

import java.util.function.IntUnaryOperator;

/// Operations that look at one value at a time: Pillow's `ImageOps`, and timm's `solarize_add`.
final class Tables {
    private static final int VALUES = 256;

    private Tables() {}

    static void invert(Canvas canvas) {
        mapAll(canvas, value -> 255 - value);
    }

    /// @param threshold values from it on are inverted, 0 to 256
    static void solarize(Canvas canvas, int threshold) {
        mapAll(canvas, value -> value < threshold ? value : 255 - value);
    }

    /// @param add to values below 128
    static void solarizeAdd(Canvas canvas, int add) {
        mapAll(canvas, value -> value < 128 ? Math.min(255, value + add) : value);
    }

    /// @param bits of each value that stay, the highest ones, 0 to 8
    static void posterize(Canvas canvas, int bits) {
        int mask = 0xff & -(1 << (8 - bits));
        mapAll(canvas, value -> value & mask);
    }

    /// Each channel's darkest value becomes 0 and its brightest 255.
    static void autoContrast(Canvas canvas) {
        int[][] counts = histograms(canvas);
        canvas.map(stretched(counts[0]), stretched(counts[1]), stretched(counts[2]));
    }

    /// Each channel's values become equally frequent.
    static void equalize(Canvas canvas) {
        int[][] counts = histograms(canvas);
        canvas.map(equalized(counts[0]), equalized(counts[1]), equalized(counts[2]));
    }

    static byte[] table(IntUnaryOperator of) {
        byte[] table = new byte[VALUES];
        for (int value = 0; value < VALUES; value++) {
            table[value] = (byte) Math.clamp(of.applyAsInt(value), 0, 255);
        }
        return table;
    }

    static void mapAll(Canvas canvas, IntUnaryOperator of) {
        byte[] table = table(of);
        canvas.map(table, table, table);
    }

    private static int[][] histograms(Canvas canvas) {
        int[][] counts = new int[Canvas.CHANNELS][VALUES];
        byte[] pixels = canvas.pixels();
        for (int i = 0; i < pixels.length; i += Canvas.CHANNELS) {
            counts[0][pixels[i] & 0xff]++;
            counts[1][pixels[i + 1] & 0xff]++;
            counts[2][pixels[i + 2] & 0xff]++;
        }
        return counts;
    }

    private static byte[] stretched(int[] counts) {
        int low = 0;
        while (counts[low] == 0) {
            low++;
        }
        int high = last(counts);
        if (high <= low) {
            return table(IntUnaryOperator.identity());
        }
        double scale = 255.0 / (high - low);
        double offset = -low * scale;
        return table(value -> (int) (value * scale + offset));
    }

    private static byte[] equalized(int[] counts) {
        int pixels = 0;
        for (int count : counts) {
            pixels += count;
        }
        int step = (pixels - counts[last(counts)]) / 255;
        if (step == 0) {
            return table(IntUnaryOperator.identity());
        }
        byte[] table = new byte[VALUES];
        int sum = step / 2;
        for (int value = 0; value < VALUES; value++) {
            table[value] = (byte) Math.min(255, sum / step);
            sum += counts[value];
        }
        return table;
    }

    private static int last(int[] counts) {
        int last = VALUES - 1;
        while (counts[last] == 0) {
            last--;
        }
        return last;
    }
}

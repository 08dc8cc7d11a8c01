package io.caracal.trainer.pretrain;

import java.nio.ByteBuffer;

/// The classes of patches: their mean colour in 3 bits per channel (spec 2.10).
final class PatchColours {
    static final int CLASSES = 512;

    /// Of a channel: 3 bits.
    private static final int BINS = 8;
    private static final int WHITE = 255;

    private PatchColours() {}

    /// @param pixels images `[size, size, 3]` of uint8 RGB one after the other, from the buffer's position
    /// @param side patches in a row
    /// @return classes `[images, side * side]`, flat, patches row by row
    static int[] of(ByteBuffer pixels, int images, int size, int side) {
        int patches = side * side;
        int patch = size / side;
        long[] sums = new long[images * patches * 3];
        byte[] row = new byte[size * 3];
        ByteBuffer source = pixels.slice();
        for (int image = 0; image < images; image++) {
            for (int y = 0; y < size; y++) {
                source.get(row);
                int first = image * patches + y / patch * side;
                for (int x = 0; x < size; x++) {
                    int at = (first + x / patch) * 3;
                    sums[at] += row[3 * x] & 0xFF;
                    sums[at + 1] += row[3 * x + 1] & 0xFF;
                    sums[at + 2] += row[3 * x + 2] & 0xFF;
                }
            }
        }
        int[] classes = new int[images * patches];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = index(sums[3 * i], sums[3 * i + 1], sums[3 * i + 2], patch * patch);
        }
        return classes;
    }

    /// `b0 + 8 b1 + 64 b2` of the bins of red, green and blue, each `min(floor(8 mean), 7)` with a mean in `[0, 1]`.
    ///
    /// @param red sum over the pixels, each 0 to 255
    static int index(long red, long green, long blue, int pixels) {
        return bin(red, pixels) + BINS * (bin(green, pixels) + BINS * bin(blue, pixels));
    }

    private static int bin(long sum, int pixels) {
        return (int) Math.min(BINS * sum / ((long) WHITE * pixels), BINS - 1);
    }
}

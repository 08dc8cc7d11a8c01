package io.caracal.trainer.augment;

import io.caracal.trainer.models.Augmentation;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Mixes each image of a batch with the one at the mirrored place (`n - 1 - i`), all with the same share, as timm's
/// `Mixup` does in batch mode: mixup (Zhang et al. 2018) or cutmix (Yun et al. 2019).
public record Mixing(Augmentation settings) {
    private static final int CHANNELS = 3;

    /// Whether batches change at all.
    public boolean isOn() {
        return settings.mixup() > 0 || settings.cutmix() > 0;
    }

    /// @param pixels `images` times `[height, width, 3]` of uint8
    /// @param random of this batch in this epoch; decides whether it is mixed at all
    /// @return the share that each image keeps of itself
    public float apply(ByteBuffer pixels, int images, int width, int height, RandomGenerator random) {
        if (settings.mixing() < 1 && random.nextDouble() >= settings.mixing()) {
            return 1;
        }
        boolean cut = settings.cutmix() > 0 && (settings.mixup() == 0 || random.nextBoolean());
        if (!cut) {
            float share = (float) Beta.symmetric(settings.mixup(), random);
            blend(pixels, images, width * height * CHANNELS, share);
            return share;
        }
        double share = Beta.symmetric(settings.cutmix(), random);
        Box box = Box.of(share, random.nextInt(width), random.nextInt(height), width, height);
        swap(pixels, images, box, width, height);
        return box.shareOutside(width, height);
    }

    /// Rounded to whole grey levels, which batches are made of.
    static void blend(ByteBuffer pixels, int images, int bytes, float share) {
        // What is mixed with the mirrored image are the pixels from before mixing, so both are made at once.
        for (int image = 0; image < images / 2; image++) {
            int one = pixels.position() + image * bytes;
            int other = pixels.position() + (images - 1 - image) * bytes;
            for (int i = 0; i < bytes; i++) {
                int a = pixels.get(one + i) & 0xff;
                int b = pixels.get(other + i) & 0xff;
                pixels.put(one + i, (byte) (int) (share * a + (1 - share) * b + 0.5f));
                pixels.put(other + i, (byte) (int) (share * b + (1 - share) * a + 0.5f));
            }
        }
    }

    /// Exchanges what lies in the box.
    static void swap(ByteBuffer pixels, int images, Box box, int width, int height) {
        int bytes = width * height * CHANNELS;
        byte[] line = new byte[(box.right() - box.left()) * CHANNELS];
        byte[] mirrored = new byte[line.length];
        for (int image = 0; image < images / 2; image++) {
            for (int y = box.top(); y < box.bottom(); y++) {
                int at = pixels.position() + (y * width + box.left()) * CHANNELS;
                int one = at + image * bytes;
                int other = at + (images - 1 - image) * bytes;
                pixels.get(one, line);
                pixels.get(other, mirrored);
                pixels.put(one, mirrored);
                pixels.put(other, line);
            }
        }
    }

    /// What cutmix exchanges: pixels from `left` to `right - 1`, `top` to `bottom - 1`.
    record Box(int left, int top, int right, int bottom) {

        /// A part of `1 - share` of the area around a centre, cut at the borders (spec/models.md 4.7).
        static Box of(double share, int x, int y, int width, int height) {
            double side = Math.sqrt(1 - share);
            int halfWidth = (int) (width * side) / 2;
            int halfHeight = (int) (height * side) / 2;
            return new Box(
                    Math.max(x - halfWidth, 0),
                    Math.max(y - halfHeight, 0),
                    Math.min(x + halfWidth, width),
                    Math.min(y + halfHeight, height));
        }

        /// What is left of an image after the border cut the box.
        float shareOutside(int width, int height) {
            return (float) (1 - (double) (right - left) * (bottom - top) / ((double) width * height));
        }
    }
}

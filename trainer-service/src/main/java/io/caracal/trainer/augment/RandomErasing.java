package io.caracal.trainer.augment;

import java.util.random.RandomGenerator;

/// Replaces a rectangle by noise (Zhong et al. 2020) with timm's settings: 2 % to a third of the area, sides in a ratio
/// of .3 to 1/.3, ten tries. The noise of each value is N(0, 1) on a scale on which grey 127.5 is 0 and 63.75 steps are
/// 1: about what timm's is, which comes after normalisation.
final class RandomErasing {
    private static final double MIN_AREA = 0.02;
    private static final double MAX_AREA = 1.0 / 3;
    private static final double LOG_RATIO = Math.log(1 / 0.3);
    private static final double MEAN = 127.5;
    private static final double DEVIATION = 63.75;
    private static final int TRIES = 10;

    private RandomErasing() {}

    static void apply(Canvas canvas, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            double area = random.nextDouble(MIN_AREA, MAX_AREA) * canvas.width() * canvas.height();
            double ratio = Math.exp(random.nextDouble(-LOG_RATIO, LOG_RATIO));
            int height = (int) Math.rint(Math.sqrt(area * ratio));
            int width = (int) Math.rint(Math.sqrt(area / ratio));
            if (width < canvas.width() && height < canvas.height()) {
                int top = random.nextInt(canvas.height() - height + 1);
                int left = random.nextInt(canvas.width() - width + 1);
                erase(canvas, left, top, width, height, random);
                return;
            }
        }
    }

    private static void erase(Canvas canvas, int left, int top, int width, int height, RandomGenerator random) {
        for (int y = top; y < top + height; y++) {
            int from = (y * canvas.width() + left) * Canvas.CHANNELS;
            for (int i = from; i < from + width * Canvas.CHANNELS; i++) {
                double noise = MEAN + DEVIATION * random.nextGaussian();
                canvas.pixels()[i] = (byte) Math.clamp(Math.round(noise), 0, 255);
            }
        }
    }
}

package io.caracal.trainer.data;

import io.caracal.imaging.Crop;
import java.util.random.RandomGenerator;

/// Inception-style augmentation: a random part of the image is resized to the whole, and half of the results are
/// mirrored if that is wanted. The draw is torchvision's `RandomResizedCrop` followed by `RandomHorizontalFlip`.
///
/// @param minScale smallest share of the area that is kept
/// @param maxScale largest share of the area that is kept
/// @param minRatio smallest width / height of the part
/// @param maxRatio largest width / height of the part
/// @param flips whether half of the results are mirrored
record RandomResizedCrop(double minScale, double maxScale, double minRatio, double maxRatio, boolean flips) {

    /// Torchvision's: 8 % to 100 % of the area, 3:4 to 4:3.
    static final RandomResizedCrop DEFAULTS = new RandomResizedCrop(0.08, 1.0, 3.0 / 4, 4.0 / 3, true);

    /// Torchvision's with another smallest share of the area.
    static RandomResizedCrop from(double minScale, boolean flips) {
        return new RandomResizedCrop(minScale, DEFAULTS.maxScale, DEFAULTS.minRatio, DEFAULTS.maxRatio, flips);
    }

    private static final int TRIES = 10;

    /// @param flip mirror left to right
    record Draw(Crop crop, boolean flip) {}

    Draw draw(int width, int height, RandomGenerator random) {
        boolean flip = random.nextBoolean() && flips; // drawn in any case: the crop does not depend on it
        for (int i = 0; i < TRIES; i++) {
            double area = random.nextDouble(minScale, Math.nextUp(maxScale)) * width * height;
            double ratio = Math.exp(random.nextDouble(Math.log(minRatio), Math.log(maxRatio)));
            int w = (int) Math.rint(Math.sqrt(area * ratio));
            int h = (int) Math.rint(Math.sqrt(area / ratio));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                int x = random.nextInt(width - w + 1);
                int y = random.nextInt(height - h + 1);
                return new Draw(new Crop(x, y, w, h), flip);
            }
        }
        return new Draw(centre(width, height), flip);
    }

    /// The largest centred part whose ratio is allowed.
    Crop centre(int width, int height) {
        double ratio = (double) width / height;
        int w = ratio > maxRatio ? (int) Math.rint(height * maxRatio) : width;
        int h = ratio < minRatio ? (int) Math.rint(width / minRatio) : height;
        return new Crop((width - w) / 2, (height - h) / 2, w, h);
    }
}

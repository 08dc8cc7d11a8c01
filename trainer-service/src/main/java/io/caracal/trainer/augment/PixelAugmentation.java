package io.caracal.trainer.augment;

import io.caracal.trainer.models.Augmentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// What happens to the pixels of one image between its crop and its batch, in timm's order: RandAugment or colour
/// jitter, then random erasing.
public record PixelAugmentation(Augmentation settings) {
    private static final PixelOperation[] OPERATIONS = PixelOperation.values();
    private static final double MAX_MAGNITUDE = 10;

    /// Whether an image may change at all.
    public boolean isOn() {
        return settings.randAugment() > 0 || settings.colorJitter() > 0 || settings.randomErasing() > 0;
    }

    /// @param random of this image in this epoch
    public void apply(Canvas canvas, RandomGenerator random) {
        if (settings.randAugment() > 0) {
            randAugment(canvas, random);
        } else if (settings.colorJitter() > 0) {
            jitter(canvas, random);
        }
        if (settings.randomErasing() > 0 && random.nextDouble() < settings.randomErasing()) {
            RandomErasing.apply(canvas, random);
        }
    }

    /// Cubuk et al. 2020 as timm's `rand-mM-mstdS-inc1`: operations drawn with replacement, each applied with
    /// probability .5 at a magnitude from N(M, S), cut to 0 to 10.
    private void randAugment(Canvas canvas, RandomGenerator random) {
        for (int i = 0; i < settings.randAugment(); i++) {
            PixelOperation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
            if (random.nextBoolean()) {
                double level = settings.magnitude() + settings.magnitudeStd() * random.nextGaussian();
                double argument = operation.argument(Math.clamp(level, 0, MAX_MAGNITUDE), random.nextBoolean());
                operation.apply(canvas, argument);
            }
        }
    }

    /// torchvision's `ColorJitter` with the same range for all three and no hue, as timm calls it.
    private void jitter(Canvas canvas, RandomGenerator random) {
        List<PixelOperation> order =
                new ArrayList<>(List.of(PixelOperation.BRIGHTNESS, PixelOperation.CONTRAST, PixelOperation.COLOR));
        Collections.swap(order, 2, random.nextInt(3));
        Collections.swap(order, 1, random.nextInt(2));
        for (PixelOperation operation : order) {
            double factor = 1 + settings.colorJitter() * random.nextDouble(-1, 1);
            operation.apply(canvas, factor);
        }
    }
}

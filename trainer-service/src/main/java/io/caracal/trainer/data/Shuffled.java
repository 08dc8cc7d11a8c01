package io.caracal.trainer.data;

import io.caracal.imaging.Geometry;
import io.caracal.trainer.augment.Canvas;
import io.caracal.trainer.augment.Mixing;
import io.caracal.trainer.augment.PixelAugmentation;
import io.caracal.trainer.data.RandomResizedCrop.Draw;
import io.caracal.trainer.models.Augmentation;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// For training: each epoch in its own order, each image augmented and each batch mixed in its own way. Everything is
/// drawn from streams that are addressed by epoch, image and batch, so that it does not depend on threads.
///
/// @param mixedEpochs so many first epochs are mixed, the others are not
record Shuffled(
        RandomResizedCrop crop,
        PixelAugmentation augmentation,
        Mixing mixing,
        int mixedEpochs,
        int repeats,
        long seed) {
    private static final int ORDER = 0;
    private static final int CROP = 1;
    private static final int PIXELS = 2;
    private static final int MIXING = 3;

    static Shuffled of(Augmentation settings, int mixedEpochs, long seed) {
        return new Shuffled(
                RandomResizedCrop.from(settings.minScale(), settings.flip()),
                new PixelAugmentation(settings),
                new Mixing(settings),
                mixedEpochs,
                settings.repeats(),
                seed);
    }

    /// The images of an epoch by their numbers within their part. Repeated ones follow each other (Hoffer et al. 2020),
    /// and the epoch ends where it would have ended without them, as in DeiT.
    int[] order(int n, int epoch) {
        int[] order = Seeds.permutation(n, Seeds.random(seed, ORDER, epoch));
        for (int place = n - 1; place >= 0; place--) {
            order[place] = order[place / repeats];
        }
        return order;
    }

    /// @param pixels `[H, W, 3]` of the image
    /// @param geometry of these pixels
    /// @param place of the image in the epoch's order
    /// @param target gets the augmented pixels at its position
    void write(
            ByteBuffer pixels, Geometry geometry, int image, int place, int epoch, ByteBuffer target, Workbench bench) {
        int copy = place % repeats;
        Draw draw = crop.draw(geometry.width(), geometry.height(), random(CROP, epoch, image, copy));
        if (!augmentation.isOn()) {
            bench.resizer().resize(pixels, geometry.width(), geometry.height(), draw.crop(), draw.flip(), target);
            return;
        }
        Canvas canvas = bench.canvas();
        bench.resizer().resize(pixels, geometry.width(), geometry.height(), draw.crop(), draw.flip(), canvas.buffer());
        augmentation.apply(canvas, random(PIXELS, epoch, image, copy));
        target.put(canvas.buffer());
    }

    private SplittableRandom random(int purpose, int epoch, int image, int copy) {
        return copy == 0 ? Seeds.random(seed, purpose, epoch, image) : Seeds.random(seed, purpose, epoch, image, copy);
    }

    /// @param pixels of the whole batch, from position 0
    /// @return the share that each image keeps of itself
    float mix(ByteBuffer pixels, int images, Geometry geometry, int epoch, int step) {
        return mixing.isOn() && epoch < mixedEpochs
                ? mixing.apply(
                        pixels, images, geometry.width(), geometry.height(), Seeds.random(seed, MIXING, epoch, step))
                : 1;
    }
}

package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Tensor;

/// Cuts square images into square patches, row by row.
///
/// @param image width and height of the image
/// @param patch width and height of a patch
public record Patches(int image, int patch) {
    public Patches {
        if (patch < 1 || image < patch || image % patch != 0) {
            throw new IllegalArgumentException(
                    "image-size is " + image + ", allowed is a multiple of the patch size, " + patch);
        }
    }

    public int side() {
        return image / patch;
    }

    public int count() {
        return side() * side();
    }

    /// Numbers in one patch of an RGB image.
    public int values() {
        return patch * patch * 3;
    }

    /// `[N, 3, H, W] -> [N, patches, values]`, values in the order y, x, channel.
    public Tensor channelsLast(Tensor images) {
        return channelsLast(images, 3);
    }

    /// `[N, channels, H, W] -> [N, patches, patch * patch * channels]`, values in the order y, x, channel.
    public Tensor channelsLast(Tensor maps, int channels) {
        return cut(maps, channels, 0, 2, 4, 3, 5, 1);
    }

    /// `[N, 3, H, W] -> [N, patches, values]`, values in the order channel, y, x: that of a convolution's weight.
    public Tensor channelsFirst(Tensor images) {
        return cut(images, 3, 0, 2, 4, 1, 3, 5);
    }

    private Tensor cut(Tensor maps, int channels, int... order) {
        return maps.reshape(0, channels, side(), patch, side(), patch)
                .permute(order)
                .reshape(0, count(), (long) patch * patch * channels);
    }
}

package io.caracal.trainer.tensor;

/// How bytes become a model's numbers: `(byte / 255 - mean) / std`, each per channel.
public record Normalization(float[] mean, float[] std) {

    /// Into [0, 1] and no further, as the seed models take it (spec 2.1).
    public static final Normalization UNIT = new Normalization(new float[3], new float[] {1, 1, 1});

    /// The mean and deviation of ImageNet, which ResNets take (spec 3.4).
    public static final Normalization IMAGENET =
            new Normalization(new float[] {.485f, .456f, .406f}, new float[] {.229f, .224f, .225f});

    /// Into [-1, 1], as the models of Google's ViT and BiT take it (spec 3.4).
    public static final Normalization HALF =
            new Normalization(new float[] {.5f, .5f, .5f}, new float[] {.5f, .5f, .5f});

    public Normalization {
        if (mean.length != 3 || std.length != 3) {
            throw new IllegalArgumentException("normalization needs three means and three deviations");
        }
    }

    /// What a byte of this channel is multiplied with.
    float scale(int channel) {
        return 1 / (255 * std[channel]);
    }

    /// What is added then.
    float shift(int channel) {
        return -mean[channel] / std[channel];
    }

    /// Whether one factor for all channels is enough.
    boolean onlyScales() {
        return shift(0) == 0 && shift(1) == 0 && shift(2) == 0 && std[0] == std[1] && std[1] == std[2];
    }

    float[] scales() {
        return new float[] {scale(0), scale(1), scale(2)};
    }

    float[] shifts() {
        return new float[] {shift(0), shift(1), shift(2)};
    }
}

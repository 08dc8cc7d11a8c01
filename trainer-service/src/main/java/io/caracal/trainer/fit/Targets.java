package io.caracal.trainer.fit;

/// What the probabilities of a batch ought to be.
final class Targets {

    private Targets() {}

    /// Labels, smoothed and then mixed with those of the mirrored place `N - 1 - i`, as timm does: smoothing and mixing
    /// are both linear, so their order does not matter.
    ///
    /// @param ownShare see [Batch#ownShare]
    /// @param smoothing share that is spread evenly over all classes
    /// @return `[N, classes]`, flat; each row adds up to 1
    static float[] of(int[] labels, int classes, float ownShare, float smoothing) {
        float[] targets = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            int row = i * classes;
            for (int c = 0; c < classes; c++) {
                targets[row + c] = smoothing / classes;
            }
            targets[row + labels[i]] += (1 - smoothing) * ownShare;
            targets[row + labels[labels.length - 1 - i]] += (1 - smoothing) * (1 - ownShare);
        }
        return targets;
    }
}

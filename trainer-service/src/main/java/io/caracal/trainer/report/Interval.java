package io.caracal.trainer.report;

/// Between what accuracies the true one probably lies.
///
/// @param low lower end, [0, 1]
/// @param high upper end
record Interval(double low, double high) {
    /// Of the normal distribution, for 95 %.
    private static final double Z = 1.959964;

    /// The 95 % interval of Wilson 1927 for a share, which also holds for few images and shares near 0 and 1.
    static Interval of(int right, int images) {
        if (images == 0) {
            return new Interval(0, 1);
        }
        double share = (double) right / images;
        double squared = Z * Z / images;
        double centre = (share + squared / 2) / (1 + squared);
        double half = Z * Math.sqrt(share * (1 - share) / images + squared / images / 4) / (1 + squared);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}

package io.caracal.imaging;

/// Which input samples make each output sample along one axis, and with which weight: the table of a [Resampler].
/// Weights are fixed-point numbers of [#PRECISION] bits, rounded as Pillow rounds them, so that results agree to the
/// bit (Pillow, `Resample.c`: `precompute_coeffs` and `normalize_coeffs_8bpc`).
///
/// @param count taps of every output sample, at least 2; samples that need fewer have weights of 0 at their end
/// @param first index of the first input sample, per output sample
/// @param weights `[outputs, count]`, none negative
record Taps(int count, int[] first, int[] weights) {
    static final int PRECISION = 22;

    /// One axis of a resize.
    ///
    /// @param samples of the input
    /// @param extent what the whole output stands for, in input samples; less than `samples` where the last input
    ///     sample is only partly covered
    /// @param resized output samples for the whole extent
    /// @param from first output sample that is wanted
    /// @param size output samples that are wanted
    record Axis(Filter filter, int samples, double extent, int resized, int from, int size) {

        double scale() {
            return extent / resized;
        }

        /// In input samples, of the output sample with this index among the wanted ones.
        double centre(int output) {
            return (from + output + 0.5) * scale();
        }
    }

    static Taps of(Axis axis) {
        return switch (axis.filter()) {
            case ANTIALIAS -> antialias(axis);
            case LINEAR -> linear(axis);
        };
    }

    int size() {
        return first.length;
    }

    /// The same taps with the output's order turned round: mirrors while resizing.
    Taps mirrored() {
        int[] mirroredFirst = new int[size()];
        int[] mirroredWeights = new int[weights.length];
        for (int i = 0; i < size(); i++) {
            int j = size() - 1 - i;
            mirroredFirst[i] = first[j];
            System.arraycopy(weights, j * count, mirroredWeights, i * count, count);
        }
        return new Taps(count, mirroredFirst, mirroredWeights);
    }

    private static Taps antialias(Axis axis) {
        double support = Math.max(axis.scale(), 1);
        int count = 2;
        for (int i = 0; i < axis.size(); i++) {
            count = Math.max(count, last(axis, i, support) - first(axis, i, support));
        }
        int[] first = new int[axis.size()];
        int[] weights = new int[Math.multiplyExact(axis.size(), count)];
        double[] exact = new double[count];
        for (int i = 0; i < axis.size(); i++) {
            first[i] = first(axis, i, support);
            int taps = last(axis, i, support) - first[i];
            double sum = 0;
            for (int t = 0; t < taps; t++) {
                double distance = Math.abs((t + first[i] - axis.centre(i) + 0.5) * (1 / support));
                exact[t] = distance < 1 ? 1 - distance : 0;
                sum += exact[t];
            }
            for (int t = 0; t < taps; t++) {
                weights[i * count + t] = fixed(exact[t] / sum);
            }
        }
        return new Taps(count, first, weights);
    }

    private static int first(Axis axis, int output, double support) {
        return Math.max(0, (int) (axis.centre(output) - support + 0.5));
    }

    private static int last(Axis axis, int output, double support) {
        return Math.min(axis.samples(), (int) (axis.centre(output) + support + 0.5));
    }

    /// Samples outside the input repeat its edge.
    private static Taps linear(Axis axis) {
        int[] first = new int[axis.size()];
        int[] weights = new int[2 * axis.size()];
        for (int i = 0; i < axis.size(); i++) {
            double place = Math.clamp(axis.centre(i) - 0.5, 0, axis.samples() - 1);
            first[i] = (int) place;
            weights[2 * i + 1] = fixed(place - first[i]);
            weights[2 * i] = (1 << PRECISION) - weights[2 * i + 1];
        }
        return new Taps(2, first, weights);
    }

    private static int fixed(double weight) {
        return (int) (0.5 + weight * (1 << PRECISION));
    }
}

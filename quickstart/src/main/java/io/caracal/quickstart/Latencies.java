package io.caracal.quickstart;

import java.util.Arrays;

/// Durations, all kept: a run has thousands of images, not millions.
final class Latencies {
    private long[] nanos = new long[1024];
    private int size;

    /// Milliseconds; 0 if nothing was measured.
    record Percentiles(double p50, double p99) {}

    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    Percentiles percentiles() {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return new Percentiles(nearestRank(sorted, 50), nearestRank(sorted, 99));
    }

    /// The smallest value that `percent` of all are not above.
    private static double nearestRank(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceilDiv((long) percent * sorted.length, 100L);
        return sorted[rank - 1] / 1e6;
    }
}

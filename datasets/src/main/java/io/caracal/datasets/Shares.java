package io.caracal.datasets;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Deals a whole number out in proportion to others: largest remainders (Hamilton's method).
final class Shares {

    private Shares() {}

    /// Adds up to `total`; none exceeds its weight if `total` does not exceed their sum. The first of equal remainders
    /// comes first.
    static int[] of(int total, int[] weights) {
        long sum = IntStream.of(weights).asLongStream().sum();
        int[] shares = new int[weights.length];
        long[] remainders = new long[weights.length];
        int left = total;
        for (int i = 0; i < weights.length; i++) {
            long exact = (long) total * weights[i];
            shares[i] = (int) (exact / sum);
            remainders[i] = exact % sum;
            left -= shares[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -remainders[i]))
                .limit(left)
                .forEach(i -> shares[i]++);
        return shares;
    }
}

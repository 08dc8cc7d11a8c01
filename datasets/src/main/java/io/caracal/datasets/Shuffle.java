package io.caracal.datasets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A seeded shuffle that no JDK release can change, because a split must be the same years later: Fisher-Yates from the
/// last element down, on SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
/// An index below `n` is the high 32 bits of a draw, times `n`, divided by 2^32.
final class Shuffle {
    private long state;

    Shuffle(long seed) {
        state = seed;
    }

    /// A new list with the same elements in another order.
    <T> List<T> of(List<T> elements) {
        List<T> shuffled = new ArrayList<>(elements);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, below(i + 1));
        }
        return shuffled;
    }

    private int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

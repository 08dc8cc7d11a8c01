package io.caracal.trainer.data;

import java.util.SplittableRandom;

/// Independent random streams, addressed by numbers: the same address gives the same draws on any thread at any time.
final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    static SplittableRandom random(long seed, long... address) {
        long state = mix(seed + GOLDEN);
        for (long part : address) {
            state = mix(state + GOLDEN + part);
        }
        return new SplittableRandom(state);
    }

    /// SplitMix64's finaliser.
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /// `0 .. n - 1` in random order.
    static int[] permutation(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}

package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.IntBuffer;
import java.util.SplittableRandom;

/// Dropout on the CPU, where the engine draws its numbers one after the other on one thread: that took a fifth of
/// each step of `seed-vit` (benchmarks/RESULTS.md). Here a number is a hash of its place in the array, which the
/// compiler turns into vector instructions. What is dropped depends on seed and order of the calls alone, not on
/// threads.
///
/// For one thread at a time.
final class DropMasks implements Dropout {
    private static final int CHUNK = 4_096;
    /// Floats that a buffer can hold.
    private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

    private SplittableRandom keys = new SplittableRandom(0);

    void seed(long seed) {
        keys = new SplittableRandom(seed);
    }

    @Override
    public NDArray of(NDArray x, float rate) {
        if (x.size() > MOST) {
            return OF_ENGINE.of(x, rate);
        }
        NDArray mask = x.getManager().create(x.getShape(), DataType.FLOAT32);
        fill(mask.toByteBuffer(true).asIntBuffer(), keys.nextLong(), rate);
        return x.mul(mask);
    }

    /// Bits of floats: 0, or what keeps the expectation.
    static void fill(IntBuffer values, long key, float rate) {
        int dropped = (int) (rate * 0x1p31);
        int kept = Float.floatToRawIntBits(1 / (1 - rate));
        int[] chunk = new int[CHUNK];
        for (int from = (int) key; values.hasRemaining(); from += CHUNK) {
            draw(chunk, from, (int) (key >>> 32), dropped, kept);
            values.put(chunk, 0, Math.min(CHUNK, values.remaining()));
        }
    }

    /// Two 32-bit mixing functions by Wellons (https://github.com/skeeto/hash-prospector) with a key between them:
    /// within a mask every number comes at most once, and masks have nothing to do with each other.
    private static void draw(int[] into, int from, int key, int dropped, int kept) {
        for (int i = 0; i < into.length; i++) {
            int hash = from + i;
            hash ^= hash >>> 16;
            hash *= 0x7feb352d;
            hash ^= hash >>> 15;
            hash += key;
            hash ^= hash >>> 16;
            hash *= 0x21f0aaad;
            hash ^= hash >>> 15;
            hash *= 0x735a2d97;
            hash ^= hash >>> 15;
            // All ones where 31 bits of it are below the threshold, without a branch.
            int drop = ((hash >>> 1) - dropped) >> 31;
            into[i] = kept & ~drop;
        }
    }
}

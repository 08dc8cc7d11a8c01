package io.caracal.imaging;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Resizes RGB pixels by two passes, rows first, each rounded to 8 bits: bit for bit what Pillow's resize does with the
/// same [Taps]. Keeps only the rows that the next output row needs.
///
/// The loops are written for the machine: the first pass sums two rows in the halves of one `long`, the second one
/// reads `int` and writes `long` arrays, because C2 vectorises only where source and destination cannot be the same
/// array. One instance serves one thread at a time.
final class Resampler {
    private static final int CHANNELS = 3;
    private static final int HALF = 1 << (Taps.PRECISION - 1);
    /// One in each half.
    private static final long BOTH = (1L << 32) | 1;

    private byte[] upper = {};
    private byte[] lower = {};
    private long[] pairs = {};
    private int[] ring = {};
    private long[] sums = {};
    private byte[] line = {};

    /// @param source `[H, W, 3]` of uint8, rows `stride` bytes apart
    /// @param width W
    /// @param height H
    /// @param target gets `[vertical.size, horizontal.size, 3]` at its position
    void resample(
            MemorySegment source,
            long stride,
            int width,
            int height,
            Taps horizontal,
            Taps vertical,
            ByteBuffer target) {
        int length = horizontal.size() * CHANNELS;
        int slots = vertical.count() + 1;
        reserve(width, horizontal.count(), length, slots);
        long[] offsets = offsets(horizontal);
        int done = 0;
        for (int y = 0; y < vertical.size(); y++) {
            int first = vertical.first()[y];
            int last = Math.min(first + vertical.count(), height);
            for (done = Math.max(done, first); done < last; done += 2) {
                int next = Math.min(done + 1, height - 1);
                MemorySegment.copy(source, ValueLayout.JAVA_BYTE, done * stride, upper, 0, width * CHANNELS);
                MemorySegment.copy(source, ValueLayout.JAVA_BYTE, next * stride, lower, 0, width * CHANNELS);
                pair(upper, lower, pairs, width * CHANNELS);
                weighRows(pairs, horizontal, offsets, sums);
                part(sums, ring, done % slots * length, (done + 1) % slots * length, length);
            }
            weighColumns(vertical, y, height, length, slots);
            narrow(sums, line, length);
            target.put(line, 0, length);
        }
    }

    private void reserve(int width, int count, int length, int slots) {
        int samples = width * CHANNELS;
        if (upper.length < samples) {
            upper = new byte[samples];
            lower = new byte[samples];
        }
        if (pairs.length < samples + count * CHANNELS) {
            pairs = new long[samples + count * CHANNELS];
        }
        if (ring.length < slots * length) {
            ring = new int[slots * length];
        }
        if (line.length < length) {
            line = new byte[length];
            sums = new long[length];
        }
    }

    /// What each output sample starts from: the half that rounds, and what the samples' shift by 128 takes away.
    private static long[] offsets(Taps taps) {
        long[] offsets = new long[taps.size() * CHANNELS];
        for (int i = 0; i < taps.size(); i++) {
            int sum = 0;
            for (int t = 0; t < taps.count(); t++) {
                sum += taps.weights()[i * taps.count() + t];
            }
            Arrays.fill(offsets, i * CHANNELS, (i + 1) * CHANNELS, (128L * sum + HALF) * BOTH);
        }
        return offsets;
    }

    /// Samples less 128, because C2 widens signed bytes only.
    private static void pair(byte[] upper, byte[] lower, long[] pairs, int length) {
        for (int i = 0; i < length; i++) {
            upper[i] ^= (byte) 0x80;
        }
        for (int i = 0; i < length; i++) {
            lower[i] ^= (byte) 0x80;
        }
        for (int i = 0; i < length; i++) {
            pairs[i] = upper[i] + ((long) lower[i] << 32);
        }
    }

    private static void weighRows(long[] pairs, Taps taps, long[] offsets, long[] sums) {
        System.arraycopy(offsets, 0, sums, 0, offsets.length);
        int left = taps.count();
        while (left == 2 || left > 3) {
            left -= 2;
            addTwo(pairs, taps.first(), taps.weights(), taps.count(), left, sums);
        }
        if (left == 3) {
            addThree(pairs, taps.first(), taps.weights(), taps.count(), 0, sums);
        }
    }

    private static void addTwo(long[] pairs, int[] first, int[] weights, int count, int from, long[] sums) {
        for (int x = 0; x < first.length; x++) {
            int p = (first[x] + from) * CHANNELS;
            int w = x * count + from;
            long k0 = weights[w];
            long k1 = weights[w + 1];
            sums[x * 3] += pairs[p] * k0 + pairs[p + 3] * k1;
            sums[x * 3 + 1] += pairs[p + 1] * k0 + pairs[p + 4] * k1;
            sums[x * 3 + 2] += pairs[p + 2] * k0 + pairs[p + 5] * k1;
        }
    }

    private static void addThree(long[] pairs, int[] first, int[] weights, int count, int from, long[] sums) {
        for (int x = 0; x < first.length; x++) {
            int p = (first[x] + from) * CHANNELS;
            int w = x * count + from;
            long k0 = weights[w];
            long k1 = weights[w + 1];
            long k2 = weights[w + 2];
            sums[x * 3] += pairs[p] * k0 + pairs[p + 3] * k1 + pairs[p + 6] * k2;
            sums[x * 3 + 1] += pairs[p + 1] * k0 + pairs[p + 4] * k1 + pairs[p + 7] * k2;
            sums[x * 3 + 2] += pairs[p + 2] * k0 + pairs[p + 5] * k1 + pairs[p + 8] * k2;
        }
    }

    private static void part(long[] sums, int[] rows, int upper, int lower, int length) {
        for (int i = 0; i < length; i++) {
            rows[upper + i] = (int) sums[i] >> Taps.PRECISION;
        }
        for (int i = 0; i < length; i++) {
            rows[lower + i] = (int) (sums[i] >> (32 + Taps.PRECISION));
        }
    }

    private void weighColumns(Taps taps, int y, int height, int length, int slots) {
        int first = taps.first()[y];
        int w = y * taps.count();
        for (int t = 0; t < taps.count(); t += 4) {
            int k0 = weight(taps, w, t);
            int k1 = weight(taps, w, t + 1);
            int k2 = weight(taps, w, t + 2);
            int k3 = weight(taps, w, t + 3);
            int r0 = slot(first + t, height, slots) * length;
            int r1 = slot(first + t + 1, height, slots) * length;
            int r2 = slot(first + t + 2, height, slots) * length;
            int r3 = slot(first + t + 3, height, slots) * length;
            if (t == 0) {
                start(ring, r0, r1, r2, r3, k0, k1, k2, k3, sums, length);
            } else {
                add(ring, r0, r1, r2, r3, k0, k1, k2, k3, sums, length);
            }
        }
    }

    private static int weight(Taps taps, int w, int t) {
        return t < taps.count() ? taps.weights()[w + t] : 0;
    }

    private static int slot(int row, int height, int slots) {
        return Math.min(row, height - 1) % slots;
    }

    private static void start(
            int[] rows, int r0, int r1, int r2, int r3, int k0, int k1, int k2, int k3, long[] sums, int length) {
        for (int i = 0; i < length; i++) {
            int sum = HALF + rows[r0 + i] * k0 + rows[r1 + i] * k1 + rows[r2 + i] * k2 + rows[r3 + i] * k3;
            sums[i] = sum;
        }
    }

    private static void add(
            int[] rows, int r0, int r1, int r2, int r3, int k0, int k1, int k2, int k3, long[] sums, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] += rows[r0 + i] * k0 + rows[r1 + i] * k1 + rows[r2 + i] * k2 + rows[r3 + i] * k3;
        }
    }

    private static void narrow(long[] sums, byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            line[i] = (byte) (sums[i] >> Taps.PRECISION);
        }
    }
}

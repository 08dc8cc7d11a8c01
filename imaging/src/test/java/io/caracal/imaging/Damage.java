package io.caracal.imaging;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes damaged encodings out of good ones: seeded, so that a failure can be repeated.
final class Damage {
    private final Random random;
    private final List<byte[]> good;

    Damage(long seed, List<byte[]> good) {
        this.random = new Random(seed);
        this.good = good;
    }

    byte[] next() {
        byte[] bytes = pick().clone();
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> flip(bytes, bytes.length, 1);
            case 2 -> flip(bytes, bytes.length, 1 + random.nextInt(50));
            case 3 -> flip(bytes, Math.min(bytes.length, 64), 1 + random.nextInt(4));
            case 4 -> overwrite(bytes);
            case 5 -> splice(bytes, pick());
            case 6 -> repeat(bytes);
            default -> noise(bytes);
        };
    }

    private byte[] pick() {
        return good.get(random.nextInt(good.size()));
    }

    private byte[] flip(byte[] bytes, int within, int bits) {
        for (int i = 0; i < bits; i++) {
            bytes[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] overwrite(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(16));
        Arrays.fill(bytes, from, to, (byte) (random.nextBoolean() ? 0xff : random.nextInt(256)));
        return bytes;
    }

    /// The head of one and the tail of another, possibly of another format.
    private byte[] splice(byte[] head, byte[] tail) {
        int from = random.nextInt(head.length);
        int rest = random.nextInt(tail.length);
        byte[] spliced = Arrays.copyOf(head, from + rest);
        System.arraycopy(tail, tail.length - rest, spliced, from, rest);
        return spliced;
    }

    private byte[] repeat(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(bytes.length - from);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
        return longer;
    }

    /// Random bytes behind a real beginning of 0 to 40 bytes.
    private byte[] noise(byte[] bytes) {
        byte[] noise = new byte[40 + random.nextInt(1000)];
        random.nextBytes(noise);
        System.arraycopy(bytes, 0, noise, 0, Math.min(bytes.length, random.nextInt(41)));
        return noise;
    }
}

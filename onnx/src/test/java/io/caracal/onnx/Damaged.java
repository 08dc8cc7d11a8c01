package io.caracal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// A file that was cut off and in which up to three bytes were changed, 20,000 times.
final class Damaged {
    private static final int ROUNDS = 20_000;

    private Damaged() {}

    interface Reading {
        void read(ByteBuffer file) throws MalformedGraphException;
    }

    /// How many of them were refused, each in one line that says why. Anything else but being read is thrown on.
    static int refused(byte[] whole, Reading reading) {
        var random = new Random(7);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                reading.read(ByteBuffer.wrap(damaged));
            } catch (MalformedGraphException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("not an ONNX model: ").hasSizeLessThan(120);
            }
        }
        return refused;
    }
}

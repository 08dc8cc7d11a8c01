package io.caracal.onnx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A protobuf message under construction, in the three wire forms that ONNX needs: varint, 32-bit, length-delimited.
/// Nested messages and weights are held by reference and copied once, in [#toBytes].
final class Proto {
    private final List<byte[]> parts = new ArrayList<>();
    private long size;

    Proto number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    Proto fixed32(int field, float value) {
        int bits = Float.floatToRawIntBits(value);
        return varint(((long) field << 3) | 5)
                .raw(new byte[] {(byte) bits, (byte) (bits >>> 8), (byte) (bits >>> 16), (byte) (bits >>> 24)});
    }

    Proto bytes(int field, byte[] value) {
        return varint(((long) field << 3) | 2).varint(value.length).raw(value);
    }

    Proto text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Proto message(int field, Proto value) {
        return varint(((long) field << 3) | 2).varint(value.size).append(value);
    }

    /// Takes over the fields of another message of the same type.
    Proto append(Proto other) {
        parts.addAll(other.parts);
        size += other.size;
        return this;
    }

    byte[] toBytes() {
        byte[] all = new byte[Math.toIntExact(size)];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private Proto varint(long value) {
        byte[] buffer = new byte[10];
        int length = 0;
        while ((value & ~0x7FL) != 0) {
            buffer[length++] = (byte) ((value & 0x7F) | 0x80);
            value >>>= 7;
        }
        buffer[length++] = (byte) value;
        return raw(Arrays.copyOf(buffer, length));
    }

    private Proto raw(byte[] part) {
        parts.add(part);
        size += part.length;
        return this;
    }
}

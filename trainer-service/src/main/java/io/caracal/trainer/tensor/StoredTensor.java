package io.caracal.trainer.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// One entry of a safetensors header.
///
/// @param begin offset of the first byte after the header
/// @param end offset behind the last one
record StoredTensor(Type type, long[] shape, long begin, long end) {

    /// Number types that can be read as 32-bit floats.
    enum Type {
        F32(4),
        F16(2),
        BF16(2),
        F64(8),
        I64(8),
        U8(1),
        BOOL(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static StoredTensor of(String name, JsonNode entry, long available) {
        Type type = type(name, entry.path("dtype").asText());
        JsonNode dimensions = entry.path("shape");
        SafeTensors.check(dimensions.isArray(), "tensor " + name + " has no shape");
        long[] shape = new long[dimensions.size()];
        for (int i = 0; i < shape.length; i++) {
            SafeTensors.check(
                    dimensions.get(i).canConvertToLong() && dimensions.get(i).isIntegralNumber(),
                    "tensor " + name + " has an odd shape");
            shape[i] = dimensions.get(i).longValue();
        }
        JsonNode offsets = entry.path("data_offsets");
        SafeTensors.check(
                offsets.size() == 2
                        && offsets.get(0).isIntegralNumber()
                        && offsets.get(1).isIntegralNumber(),
                "tensor " + name + " has no offsets");
        long begin = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        SafeTensors.check(0 <= begin && begin <= end && end <= available, "tensor " + name + " lies outside");
        SafeTensors.check(end - begin == bytes(name, shape, type), "tensor " + name + " has not the size of its shape");
        return new StoredTensor(type, shape, begin, end);
    }

    float[] read(MemorySegment data) {
        float[] values = new float[Math.toIntExact((end - begin) / type.bytes)];
        for (int i = 0; i < values.length; i++) {
            long at = begin + (long) i * type.bytes;
            values[i] = switch (type) {
                case F32 -> data.get(FLOAT, at);
                case F16 -> Float.float16ToFloat(data.get(SHORT, at));
                case BF16 -> Float.intBitsToFloat(data.get(SHORT, at) << 16);
                case F64 -> (float) data.get(DOUBLE, at);
                case I64 -> data.get(LONG, at);
                case U8, BOOL -> data.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            };
        }
        return values;
    }

    private static Type type(String name, String dtype) {
        for (Type type : Type.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw new MalformedTensorsException("tensor " + name + " is of type " + dtype + ", which is not read");
    }

    static long bytes(String name, long[] shape, Type type) {
        long bytes = type.bytes;
        for (long dimension : shape) {
            SafeTensors.check(dimension >= 0, "tensor " + name + " has an odd shape");
            try {
                bytes = Math.multiplyExact(bytes, dimension);
            } catch (ArithmeticException e) {
                throw new MalformedTensorsException("tensor " + name + " has an odd shape");
            }
        }
        return bytes;
    }
}

package io.caracal.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/// Reads the fields of a protobuf message one after the other; the counterpart of [Proto]. What is not asked for is
/// passed over without being copied: nearly all of a model are weights.
final class Fields {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer bytes;
    private int field;
    private int form;

    /// @param bytes one message, from the position to the limit; the position of this view is not moved
    Fields(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Goes to the next field. Its value is then read or [skipped][#skip].
    ///
    /// @return false at the end of the message
    boolean next() throws MalformedGraphException {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        form = (int) (key & 7);
        if (key >>> 3 < 1 || key >>> 3 > 0x1fffffff) {
            throw malformed("has a field numbered " + (key >>> 3));
        }
        return true;
    }

    int field() {
        return field;
    }

    long number() throws MalformedGraphException {
        require(VARINT);
        return varint();
    }

    /// Numbers may stand one by one or packed together: each form gives them to the taker.
    void numbers(LongConsumer taker) throws MalformedGraphException {
        if (form == VARINT) {
            taker.accept(varint());
            return;
        }
        Fields packed = message();
        while (packed.bytes.hasRemaining()) {
            taker.accept(packed.varint());
        }
    }

    float real() throws MalformedGraphException {
        require(FIXED_32);
        int at = bytes.position();
        bytes.position(advance(Float.BYTES));
        return bytes.getFloat(at);
    }

    Fields message() throws MalformedGraphException {
        return new Fields(delimited());
    }

    /// A view, not a copy.
    ByteBuffer bytes() throws MalformedGraphException {
        return delimited();
    }

    String text() throws MalformedGraphException {
        return StandardCharsets.UTF_8.decode(delimited()).toString();
    }

    void skip() throws MalformedGraphException {
        switch (form) {
            case VARINT -> varint();
            case FIXED_64 -> bytes.position(advance(8));
            case LENGTH -> delimited();
            case FIXED_32 -> bytes.position(advance(4));
            default -> throw malformed("has a field of wire type " + form);
        }
    }

    private ByteBuffer delimited() throws MalformedGraphException {
        require(LENGTH);
        long length = varint();
        int from = bytes.position();
        bytes.position(advance(length));
        return bytes.slice(from, (int) length);
    }

    private long varint() throws MalformedGraphException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw malformed("is cut off");
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("has a number of more than ten bytes");
    }

    private int advance(long length) throws MalformedGraphException {
        if (length < 0 || length > bytes.remaining()) {
            throw malformed("is cut off");
        }
        return bytes.position() + (int) length;
    }

    private void require(int needed) throws MalformedGraphException {
        if (form != needed) {
            throw malformed("has field " + field + " in another form than a model has");
        }
    }

    private static MalformedGraphException malformed(String what) {
        return new MalformedGraphException("not an ONNX model: a message " + what);
    }
}

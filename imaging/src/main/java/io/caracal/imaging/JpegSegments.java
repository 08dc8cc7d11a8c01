package io.caracal.imaging;

import java.util.function.IntPredicate;

/// Walks the marker segments of a JPEG (ITU-T T.81, annex B) in front of its first scan.
final class JpegSegments {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int TEM = 0x01;
    private static final int FIRST_ARITHMETIC_FRAME = 0xc9;

    private JpegSegments() {}

    /// Dimensions from the frame header, or null where the bytes end or the first scan begins without one.
    static Dimensions dimensions(byte[] b) {
        int frame = find(b, JpegSegments::isFrame);
        boolean complete = frame >= 0 && int16be(b, frame) >= 8 && frame + 7 <= b.length;
        return complete ? new Dimensions(int16be(b, frame + 5), int16be(b, frame + 3)) : null;
    }

    /// Whether so many bytes can be the whole of so many pixels: Huffman coding spends a bit or more on each block of
    /// 64. A header that lies about its sides would otherwise cost the memory that it announces.
    static boolean canHold(byte[] b, long pixels) {
        int frame = find(b, JpegSegments::isFrame);
        boolean arithmeticCoding = frame >= 0 && (b[frame - 1] & 0xff) >= FIRST_ARITHMETIC_FRAME;
        return arithmeticCoding || pixels <= b.length * 8L * 64;
    }

    /// Whether an end marker stands behind the start of the first scan. Compressed data cannot contain one.
    static boolean hasEnd(byte[] b) {
        int scan = find(b, marker -> marker == SOS);
        if (scan < 0) {
            return false;
        }
        for (int at = b.length - 2; at >= scan; at--) {
            if (b[at] == (byte) 0xff && b[at + 1] == (byte) EOI) {
                return true;
            }
        }
        return false;
    }

    /// Position of the length field of the first segment that is wanted, or -1 if the first scan or the end of the
    /// bytes comes before it.
    private static int find(byte[] b, IntPredicate wanted) {
        for (int at = nextMarker(b, 2); at >= 0 && at + 2 < b.length; ) {
            int marker = b[at] & 0xff;
            boolean alone = standsAlone(marker);
            int length = alone ? 0 : int16be(b, at + 1);
            if (wanted.test(marker)) {
                return at + 1;
            }
            if (marker == EOI || marker == SOS || (!alone && length < 2)) {
                return -1;
            }
            at = nextMarker(b, at + 1 + length);
        }
        return -1;
    }

    /// Position of the marker code behind the next 0xff; as decoders do, skips stray bytes and fill bytes before it.
    private static int nextMarker(byte[] b, int from) {
        for (int at = from; at < b.length - 1; at++) {
            if (b[at] == (byte) 0xff && b[at + 1] != 0 && b[at + 1] != (byte) 0xff) {
                return at + 1;
            }
        }
        return -1;
    }

    private static boolean standsAlone(int marker) {
        return marker == TEM || (marker >= 0xd0 && marker <= SOI);
    }

    /// SOF0 to SOF15, without DHT, JPG and DAC which share their range.
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int int16be(byte[] b, int at) {
        return ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff);
    }
}

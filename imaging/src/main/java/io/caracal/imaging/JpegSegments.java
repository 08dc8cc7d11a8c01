package io.caracal.imaging;

/// Walks the marker segments of a JPEG (ITU-T T.81, annex B) in front of its first scan.
final class JpegSegments {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int TEM = 0x01;

    private JpegSegments() {}

    /// Dimensions from the frame header, or null where the bytes end or the first scan begins without one.
    static Dimensions dimensions(byte[] b) {
        int at = 2;
        while (true) {
            at = nextMarker(b, at);
            if (at < 0) {
                return null;
            }
            int marker = b[at++] & 0xff;
            if (standsAlone(marker)) {
                continue;
            }
            if (marker == EOI || marker == SOS || at + 2 > b.length) {
                return null;
            }
            int length = int16be(b, at);
            if (isFrame(marker)) {
                return length >= 8 && at + 7 <= b.length
                        ? new Dimensions(int16be(b, at + 5), int16be(b, at + 3))
                        : null;
            }
            if (length < 2) {
                return null;
            }
            at += length;
        }
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
        return marker == TEM || marker >= 0xd0 && marker <= SOI;
    }

    /// SOF0 to SOF15, without DHT, JPG and DAC which share their range.
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int int16be(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }
}

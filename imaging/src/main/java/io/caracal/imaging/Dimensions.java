package io.caracal.imaging;

/// Width and height in pixels as an encoded image announces them. Every reader returns null where the bytes end too
/// early or do not follow the format.
record Dimensions(int width, int height) {

    static Dimensions of(ImageFormat format, byte[] b) {
        return switch (format) {
            case JPEG -> JpegSegments.dimensions(b);
            case PNG -> ofPng(b);
            case WEBP -> ofWebp(b);
            case GIF -> ofGif(b);
            case BMP -> ofBmp(b);
        };
    }

    /// PNG specification, section 11.2.1: IHDR is the first chunk.
    private static Dimensions ofPng(byte[] b) {
        return b.length >= 29 && Signature.ascii(b, 12, "IHDR") ? new Dimensions(int32be(b, 16), int32be(b, 20)) : null;
    }

    /// RFC 9649: the first chunk is `VP8 ` (lossy), `VP8L` (lossless) or `VP8X` (extended, which names the canvas).
    private static Dimensions ofWebp(byte[] b) {
        if (Signature.ascii(b, 12, "VP8X")) {
            return b.length >= 30 ? new Dimensions(1 + int24(b, 24), 1 + int24(b, 27)) : null;
        }
        if (Signature.ascii(b, 12, "VP8L")) {
            if (b.length < 25 || b[20] != 0x2f) {
                return null;
            }
            int bits = int32(b, 21);
            return new Dimensions(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
        }
        if (Signature.ascii(b, 12, "VP8 ")) {
            boolean startCode = b.length >= 30 && b[23] == (byte) 0x9d && b[24] == 0x01 && b[25] == 0x2a;
            return startCode ? new Dimensions(int16(b, 26) & 0x3fff, int16(b, 28) & 0x3fff) : null;
        }
        return null;
    }

    /// GIF89a specification, section 18: the logical screen.
    private static Dimensions ofGif(byte[] b) {
        return b.length >= 13 ? new Dimensions(int16(b, 6), int16(b, 8)) : null;
    }

    /// A negative height means that the rows run from top to bottom.
    private static Dimensions ofBmp(byte[] b) {
        if (b.length < 26) {
            return null;
        }
        if (int32(b, 14) == 12) {
            return new Dimensions(int16(b, 18), int16(b, 20));
        }
        return new Dimensions(int32(b, 18), Math.abs(int32(b, 22)));
    }

    static int int16(byte[] b, int at) {
        return (b[at] & 0xff) | ((b[at + 1] & 0xff) << 8);
    }

    private static int int24(byte[] b, int at) {
        return int16(b, at) | ((b[at + 2] & 0xff) << 16);
    }

    static int int32(byte[] b, int at) {
        return int16(b, at) | (int16(b, at + 2) << 16);
    }

    static int int32be(byte[] b, int at) {
        return Integer.reverseBytes(int32(b, at));
    }
}

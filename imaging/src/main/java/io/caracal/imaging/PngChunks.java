package io.caracal.imaging;

/// Walks the chunks of a PNG (PNG specification, section 5.3).
final class PngChunks {
    private static final int SIGNATURE = 8;
    /// Length, type and checksum around a chunk's data.
    private static final int FRAME = 12;

    private PngChunks() {}

    /// Whether every chunk up to IEND lies inside the bytes. A chunk that announces 4 GB makes OpenCV reserve 4 GB
    /// before it notices that they are not there.
    static boolean areWhole(byte[] b) {
        for (int at = SIGNATURE; at <= b.length - FRAME; ) {
            long length = Integer.toUnsignedLong(Dimensions.int32be(b, at));
            if (length > b.length - at - FRAME) {
                return false;
            }
            if (Signature.ascii(b, at + 4, "IEND")) {
                return true;
            }
            at += FRAME + (int) length;
        }
        return false;
    }
}

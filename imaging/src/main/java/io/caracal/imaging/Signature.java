package io.caracal.imaging;

import java.util.Arrays;

/// Tells formats apart by their first bytes.
final class Signature {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Signature() {}

    /// Returns null where the bytes are of no known format.
    static ImageFormat of(byte[] bytes) {
        if (startsWith(bytes, 0, (byte) 0xff, (byte) 0xd8, (byte) 0xff)) {
            return ImageFormat.JPEG;
        }
        if (startsWith(bytes, 0, PNG)) {
            return ImageFormat.PNG;
        }
        if (ascii(bytes, 0, "RIFF") && ascii(bytes, 8, "WEBP")) {
            return ImageFormat.WEBP;
        }
        if (ascii(bytes, 0, "GIF87a") || ascii(bytes, 0, "GIF89a")) {
            return ImageFormat.GIF;
        }
        return ascii(bytes, 0, "BM") ? ImageFormat.BMP : null;
    }

    static boolean ascii(byte[] bytes, int offset, String text) {
        if (bytes.length - offset < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, int offset, byte... prefix) {
        return bytes.length - offset >= prefix.length
                && Arrays.equals(bytes, offset, offset + prefix.length, prefix, 0, prefix.length);
    }
}

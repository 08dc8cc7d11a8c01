package io.caracal.datasets;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;

/// Bare pixels as a Windows bitmap: 24 bits, not compressed. Lossless, and the same bytes with every JDK, which PNG's
/// compression would not promise.
final class Bitmap {
    private static final int FILE_HEADER = 14;
    private static final int INFO_HEADER = 40;
    private static final int CHANNELS = 3;

    private Bitmap() {}

    /// @param planes `[3, height, width]` of uint8: red, green, blue
    static byte[] ofPlanes(byte[] planes, int width, int height) {
        int row = Math.ceilDiv(width * CHANNELS, Integer.BYTES) * Integer.BYTES;
        int start = FILE_HEADER + INFO_HEADER;
        int area = width * height;
        byte[] file = new byte[start + row * height];
        header(ByteBuffer.wrap(file).order(LITTLE_ENDIAN), width, height, start);
        for (int y = 0; y < height; y++) {
            // Rows from the bottom up, pixels as blue, green, red.
            int out = start + (height - 1 - y) * row;
            for (int x = 0; x < width; x++) {
                int pixel = y * width + x;
                file[out++] = planes[2 * area + pixel];
                file[out++] = planes[area + pixel];
                file[out++] = planes[pixel];
            }
        }
        return file;
    }

    private static void header(ByteBuffer file, int width, int height, int start) {
        file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(start);
        file.putInt(INFO_HEADER).putInt(width).putInt(height);
        file.putShort((short) 1).putShort((short) (CHANNELS * Byte.SIZE));
        // No compression; sizes, resolution and palette are left to the defaults.
    }
}

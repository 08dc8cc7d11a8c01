package io.caracal.trainer.augment;

import java.nio.ByteBuffer;

/// One image under work, `[height, width, 3]` of uint8 RGB, and room for a second one. Used again for every image of a
/// thread; serves one thread at a time.
public final class Canvas {
    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private byte[] pixels;
    private byte[] spare;

    public Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new byte[width * height * CHANNELS];
        this.spare = new byte[pixels.length];
    }

    /// Where an image is written to and read from, whole: position 0, limit after the last pixel. A new one for each
    /// image: operations change which memory it is.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(pixels);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    byte[] pixels() {
        return pixels;
    }

    /// Where the next image is made from this one; [#swap] makes it the current one.
    byte[] spare() {
        return spare;
    }

    void swap() {
        byte[] current = pixels;
        pixels = spare;
        spare = current;
    }

    /// Replaces each value by what the table of its channel has for it.
    void map(byte[] red, byte[] green, byte[] blue) {
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            pixels[i] = red[pixels[i] & 0xff];
            pixels[i + 1] = green[pixels[i + 1] & 0xff];
            pixels[i + 2] = blue[pixels[i + 2] & 0xff];
        }
    }

    /// ITU-R 601 luma in Pillow's integers.
    static int luma(byte[] pixels, int at) {
        return ((pixels[at] & 0xff) * 19_595
                        + (pixels[at + 1] & 0xff) * 38_470
                        + (pixels[at + 2] & 0xff) * 7_471
                        + 0x8000)
                >> 16;
    }
}

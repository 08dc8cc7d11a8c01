package io.caracal.imaging;

/// Walks the blocks of a GIF (GIF89a specification) in front of its first frame.
final class GifBlocks {
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;

    private GifBlocks() {}

    /// Position of the byte whose lowest bit makes a colour of the first frame transparent; -1 where there is none.
    static int transparencyFlag(byte[] b) {
        if (b.length < 13) {
            return -1;
        }
        boolean globalColours = (b[10] & 0x80) != 0;
        int at = 13 + (globalColours ? 3 << ((b[10] & 7) + 1) : 0);
        while (at + 3 < b.length && (b[at] & 0xff) == EXTENSION) {
            if ((b[at + 1] & 0xff) == GRAPHIC_CONTROL) {
                return at + 3;
            }
            at += 2;
            while (at < b.length && b[at] != 0) {
                at += 1 + (b[at] & 0xff);
            }
            at++;
        }
        return -1;
    }
}

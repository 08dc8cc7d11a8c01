package io.caracal.imaging;

/// What an image may cost at most. While it is decoded it takes 3 bytes of native memory per pixel, up to 11 where the
/// format needs more (progressive JPEG, GIF, animated WebP).
///
/// @param maxBytes of the encoded image
/// @param maxPixels width times height that the header announces
public record Limits(int maxBytes, long maxPixels) {

    /// 10 MiB and 50 megapixels.
    public static final Limits DEFAULTS = new Limits(10 * 1024 * 1024, 50_000_000);

    public Limits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("max-bytes is " + maxBytes + ", allowed is 1 or more");
        }
        if (maxPixels < 1) {
            throw new IllegalArgumentException("max-pixels is " + maxPixels + ", allowed is 1 or more");
        }
    }
}

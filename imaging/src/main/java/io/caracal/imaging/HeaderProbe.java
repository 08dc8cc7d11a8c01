package io.caracal.imaging;

/// Reads format and dimensions from the first bytes without decoding, and refuses what is over the limits.
/// Stateless; one instance serves any number of threads.
public final class HeaderProbe {
    /// What JPEG and GIF can express at most, and more than WebP can: a longer side in a PNG or BMP is an attack.
    private static final int LONGEST_SIDE = 65_535;

    private final Limits limits;

    public HeaderProbe(Limits limits) {
        this.limits = limits;
    }

    /// Never throws, whatever the bytes are.
    ///
    /// @param bytes the whole encoded image; only as much of it is read as the header takes
    public Probe probe(byte[] bytes) {
        if (bytes.length == 0) {
            return new Refusal(Refusal.Reason.EMPTY, "0 bytes");
        }
        if (bytes.length > limits.maxBytes()) {
            return new Refusal(
                    Refusal.Reason.TOO_MANY_BYTES, bytes.length + " bytes, allowed are " + limits.maxBytes());
        }
        return switch (Signature.of(bytes)) {
            case null ->
                new Refusal(
                        Refusal.Reason.NOT_AN_IMAGE,
                        "the first bytes are of no known format (JPEG, PNG, WebP, GIF, BMP)");
            case JPEG -> admit(ImageFormat.JPEG, JpegSegments.dimensions(bytes));
            case PNG -> admit(ImageFormat.PNG, Dimensions.ofPng(bytes));
            case WEBP -> admit(ImageFormat.WEBP, Dimensions.ofWebp(bytes));
            case GIF -> admit(ImageFormat.GIF, Dimensions.ofGif(bytes));
            case BMP -> admit(ImageFormat.BMP, Dimensions.ofBmp(bytes));
        };
    }

    private Probe admit(ImageFormat format, Dimensions found) {
        if (found == null || found.width() < 1 || found.height() < 1) {
            return new Refusal(Refusal.Reason.DAMAGED, "the " + format + " header is cut off or holds no dimensions");
        }
        var header = new ImageHeader(format, found.width(), found.height());
        if (header.pixels() > limits.maxPixels()) {
            return new Refusal(
                    Refusal.Reason.TOO_MANY_PIXELS,
                    header.width() + "x" + header.height() + " pixels, allowed are " + limits.maxPixels());
        }
        if (Math.max(header.width(), header.height()) > LONGEST_SIDE) {
            return new Refusal(
                    Refusal.Reason.TOO_MANY_PIXELS,
                    header.width() + "x" + header.height() + " pixels, allowed is a side of " + LONGEST_SIDE);
        }
        return new Probe.Image(header);
    }
}

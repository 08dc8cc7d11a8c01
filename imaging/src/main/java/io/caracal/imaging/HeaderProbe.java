package io.caracal.imaging;

/// Reads format and dimensions from the header without decoding, and refuses what is over the limits.
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
        ImageFormat format = Signature.of(bytes);
        if (format == null) {
            return new Refusal(
                    Refusal.Reason.NOT_AN_IMAGE, "the first bytes are of no known format (JPEG, PNG, WebP, GIF, BMP)");
        }
        Dimensions found = Dimensions.of(format, bytes);
        if (found == null || found.width() < 1 || found.height() < 1) {
            return new Refusal(Refusal.Reason.DAMAGED, "the " + format + " header is cut off or holds no dimensions");
        }
        return admit(new ImageHeader(format, found.width(), found.height()), bytes);
    }

    private Probe admit(ImageHeader header, byte[] bytes) {
        if (header.pixels() > limits.maxPixels()) {
            return new Refusal(Refusal.Reason.TOO_MANY_PIXELS, sides(header) + ", allowed are " + limits.maxPixels());
        }
        if (Math.max(header.width(), header.height()) > LONGEST_SIDE) {
            return new Refusal(
                    Refusal.Reason.TOO_MANY_PIXELS, sides(header) + ", allowed is a side of " + LONGEST_SIDE);
        }
        if (header.format() == ImageFormat.JPEG && !JpegSegments.canHold(bytes, header.pixels())) {
            return new Refusal(
                    Refusal.Reason.DAMAGED,
                    "the JPEG header announces " + sides(header) + " in " + bytes.length + " bytes");
        }
        return new Probe.Image(header);
    }

    private static String sides(ImageHeader header) {
        return header.width() + "x" + header.height() + " pixels";
    }
}

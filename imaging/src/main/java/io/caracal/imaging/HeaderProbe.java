package io.caracal.imaging;

/// Reads format and dimensions from the first bytes without decoding, and refuses what is over the limits.
public final class HeaderProbe {
    private final Limits limits;

    public HeaderProbe(Limits limits) {
        this.limits = limits;
    }

    /// Never throws, whatever the bytes are.
    public Probe probe(byte[] bytes) {
        throw new UnsupportedOperationException(limits.toString());
    }
}

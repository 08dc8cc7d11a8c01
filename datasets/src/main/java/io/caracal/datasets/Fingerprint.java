package io.caracal.datasets;

import java.util.zip.CRC32;

/// What tells two images apart without keeping their bytes.
///
/// @param size in bytes
/// @param crc32 of the encoded bytes, unsigned
public record Fingerprint(long size, long crc32) {

    static Fingerprint of(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new Fingerprint(bytes.length, crc.getValue());
    }
}

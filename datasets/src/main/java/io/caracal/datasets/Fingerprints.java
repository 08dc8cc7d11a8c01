package io.caracal.datasets;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The fingerprints of a set whose files have no directory that tells them: each image is read once for its own. Safe
/// for concurrent use.
final class Fingerprints {
    private final Map<Example, Fingerprint> known = new ConcurrentHashMap<>();

    /// @throws IOException if the image cannot be read; it is tried again the next time
    Fingerprint of(ImageSet set, Example example) throws IOException {
        Fingerprint fingerprint = known.get(example);
        if (fingerprint == null) {
            fingerprint = Fingerprint.of(set.read(example));
            known.put(example, fingerprint);
        }
        return fingerprint;
    }
}

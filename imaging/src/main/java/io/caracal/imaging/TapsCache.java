package io.caracal.imaging;

import java.util.LinkedHashMap;
import java.util.Map;

/// The tables of the sizes seen last, because the images of a stream share few sizes.
final class TapsCache {
    private static final int ENTRIES = 64;
    /// A table above this is computed anew each time: 64 of them must stay small beside a picture.
    private static final int LARGEST = 1 << 14;

    private final Map<Taps.Axis, Taps> recent = new LinkedHashMap<>(ENTRIES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Taps.Axis, Taps> eldest) {
            return size() > ENTRIES;
        }
    };

    Taps get(Taps.Axis axis) {
        Taps known = recent.get(axis);
        if (known != null) {
            return known;
        }
        var taps = Taps.of(axis);
        if (taps.weights().length <= LARGEST) {
            recent.put(axis, taps);
        }
        return taps;
    }
}

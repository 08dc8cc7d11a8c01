package io.caracal.datasets.drawn;

import java.util.Locale;
import java.util.SplittableRandom;

/// The two classes, in label order.
enum PartKind {
    BEARING,
    GEAR;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Part draw(SplittableRandom random) {
        return switch (this) {
            case BEARING -> Bearing.draw(random);
            case GEAR -> Gear.draw(random);
        };
    }
}

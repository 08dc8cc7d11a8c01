package io.caracal.trainer.runs;

import io.caracal.trainer.models.Recipe;
import java.nio.file.Path;
import java.util.OptionalInt;

/// Plans that tests of runs need.
final class Plans {
    private Plans() {}

    static RunPlan of(Path data, int epochs) {
        return new RunPlan("toy", data, OptionalInt.empty(), new Recipe("seed-cnn", epochs, 8, 1e-3f, 1));
    }

    static RunPlan any() {
        return of(Path.of("nowhere"), 1);
    }
}

package io.caracal.trainer.runs;

import io.caracal.datasets.Selection;
import io.caracal.trainer.models.Recipe;
import java.nio.file.Path;

/// Plans that tests of runs need.
final class Plans {
    private Plans() {}

    static RunPlan of(Path data, int epochs) {
        return new RunPlan("toy", data, Selection.all(1), new Recipe("seed-cnn", epochs, 8, 1e-3f, 1));
    }

    static RunPlan any() {
        return of(Path.of("nowhere"), 1);
    }
}

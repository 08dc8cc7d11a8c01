package io.caracal.trainer.runs;

import io.caracal.datasets.Selection;
import io.caracal.trainer.models.Recipe;
import java.nio.file.Path;
import java.util.Map;

/// What a run does; checked when it was [requested][RunRequest].
///
/// @param name of the model that comes out
/// @param data a folder, zip or CSV with labelled images
/// @param selection which images of the data are used and how they are split; its seed is the recipe's
/// @param options of the preset that are chosen, by name; the others have the preset's values
public record RunPlan(String name, Path data, Selection selection, Recipe recipe, Map<String, String> options) {
    public RunPlan {
        options = Map.copyOf(options);
    }

    /// With the preset as it is.
    public RunPlan(String name, Path data, Selection selection, Recipe recipe) {
        this(name, data, selection, recipe, Map.of());
    }
}

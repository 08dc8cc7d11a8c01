package io.caracal.trainer.runs;

import io.caracal.datasets.ImageSet;
import io.caracal.datasets.Selection;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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

    /// What tells the images of this run from others, for its checkpoints.
    ///
    /// @param whole the data set
    /// @return empty without checkpoints: it takes a look at every image. The split has
    ///     had that look already, unless a limit leaves images out
    public Map<String, String> identity(ImageSet whole, Optional<Checkpoints> checkpoints) throws IOException {
        if (checkpoints.isEmpty()) {
            return Map.of();
        }
        String limit = selection.limit().isPresent() ? "" + selection.limit().getAsInt() : "none";
        return Map.of(
                "data SHA-256", whole.sha256(),
                "clean", selection.cleaning().label(),
                "limit", limit,
                "reserved images", Integer.toString(whole.reserved().size()),
                "split mode", selection.mode().label());
    }
}

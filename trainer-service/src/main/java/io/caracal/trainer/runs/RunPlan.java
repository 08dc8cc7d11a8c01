package io.caracal.trainer.runs;

import io.caracal.trainer.models.Recipe;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What a run does; checked when it was [requested][RunRequest].
///
/// @param name of the model that comes out
/// @param data a folder, zip or CSV with labelled images
/// @param limit images that are used at most
/// @param recipe its seed also decides limit and split
public record RunPlan(String name, Path data, OptionalInt limit, Recipe recipe) {}

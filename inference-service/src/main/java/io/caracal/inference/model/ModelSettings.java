package io.caracal.inference.model;

import io.caracal.scoring.ClassifierOptions;
import java.nio.file.Path;
import java.util.Optional;

/// Which model answers and how it runs.
///
/// @param file fixes the model; when absent, the `models` topic says
public record ModelSettings(Optional<Path> file, ClassifierOptions options) {}

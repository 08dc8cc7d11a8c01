package io.caracal.trainer.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/// An image that a model got wrong.
///
/// @param entry its name in the data set
/// @param probability that the model gave what it predicted, [0, 1]
/// @param labelProbability that it gave the true class
/// @param picture a small JPEG file of it; not part of the JSON
public record Mistake(
        String entry,
        String label,
        String predicted,
        float probability,
        float labelProbability,
        @JsonIgnore Optional<byte[]> picture) {}

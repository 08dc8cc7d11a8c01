package io.caracal.inference.model;

import io.caracal.contracts.Prediction.ModelRef;
import io.caracal.scoring.Classifier;
import java.time.Instant;

/// A model that answers.
///
/// @param ref how predictions name it
/// @param source the file or the URI it came from
public record LoadedModel(Classifier classifier, ModelRef ref, String source, Instant loadedAt) {}

package io.caracal.trainer.fit;

/// Answers that are read from the device.
///
/// @param logits `[questions, classes]`, flat
/// @param labels the right class of each question
record Scores(float[] logits, int[] labels) {}

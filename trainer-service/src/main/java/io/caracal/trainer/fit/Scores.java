package io.caracal.trainer.fit;

/// Answers that are read from the device.
///
/// @param logits `[questions, classes]`, flat
/// @param labels the right class of each question
/// @param ownShare see [Batch#ownShare]
record Scores(float[] logits, int[] labels, float ownShare) {

    /// Of images that are not mixed.
    Scores(float[] logits, int[] labels) {
        this(logits, labels, 1);
    }
}

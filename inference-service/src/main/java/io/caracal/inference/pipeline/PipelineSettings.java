package io.caracal.inference.pipeline;

import io.caracal.imaging.Limits;

/// How images become outcomes.
///
/// @param threads that decode and score
/// @param scoreImages images per run of the model at most. On a CPU a run with one image costs no more per image than
///     one with many; a GPU wants many
/// @param topK labels per prediction at most
public record PipelineSettings(int threads, int scoreImages, int topK, Limits limits) {
    public PipelineSettings {
        requireRange("threads", threads, 1, 1024);
        requireRange("batch.score-images", scoreImages, 1, 1024);
        requireRange("top-k", topK, 1, 1000);
    }

    private static void requireRange(String setting, int given, int least, int most) {
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    "caracal.inference." + setting + " is " + given + ", allowed is " + least + " to " + most);
        }
    }
}

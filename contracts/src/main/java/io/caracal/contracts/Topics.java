package io.caracal.contracts;

/// The topics of one deployment. Every service reads the names from its settings; [#DEFAULTS] is what they are
/// when nothing is set.
public record Topics(
        String images, String predictions, String rejected, String models, String trainingRuns, String feedback) {

    public static final Topics DEFAULTS =
            new Topics("images", "predictions", "images-rejected", "models", "training-runs", "feedback");
}

package io.caracal.trainer.release;

/// How far an exported file is from the engine that trained it, on the same pixels.
///
/// @param images compared
/// @param maxAbs largest absolute difference of a logit, or of a number of the patch tokens if these are exported; NaN
///     if one of a pair is not a number
/// @param maxError largest difference relative to the number's scale: `|a - b| / max(1, |a|)`
/// @param changedLabels images whose most probable class differs
public record Parity(int images, double maxAbs, double maxError, int changedLabels) {

    /// The largest `maxError` that passes.
    public static final double TOLERANCE = 1e-4;

    public boolean passed() {
        // Written so that NaN does not pass.
        return images > 0 && maxError <= TOLERANCE && changedLabels == 0;
    }

    /// One line for a person.
    public String summary() {
        return "%d images, largest difference %.1e (allowed %.0e of its scale), %d labels changed"
                .formatted(images, maxAbs, TOLERANCE, changedLabels);
    }
}

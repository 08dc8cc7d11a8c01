package io.caracal.trainer.release;

/// What a model file made of one labelled image.
///
/// @param label index of the true class
/// @param predicted index of the most probable class
/// @param probability of the predicted class, [0, 1]
/// @param labelProbability of the true class, [0, 1]
public record ScoredImage(int label, int predicted, float probability, float labelProbability) {

    public boolean right() {
        return label == predicted;
    }
}

package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;

/// What a network is trained for: which questions a batch puts to it, and what the answers ought to be.
public interface Objective {

    /// The class of each image: one question per image.
    Objective LABELS = new Objective() {
        @Override
        public String name() {
            return "labels";
        }

        @Override
        public Answers answers(Network network, NDManager scope, Batch batch, long seed, boolean training) {
            NDArray logits = network.forward(scope, batch.pixels(), batch.size(), training)
                    .array();
            return new Answers(logits, batch.labels(), batch.ownShare());
        }
    };

    /// In a checkpoint, which goes on with this objective alone.
    String name();

    /// @param scope for everything on the way, the logits too
    /// @param seed decides what is random about the questions
    /// @param training whether dropout drops and batch statistics are used
    Answers answers(Network network, NDManager scope, Batch batch, long seed, boolean training);

    /// @param logits `[questions, classes]`
    /// @param labels the right class of each question
    /// @param ownShare see [Batch#ownShare]
    record Answers(NDArray logits, int[] labels, float ownShare) {

        Scores scores() {
            return new Scores(logits.toFloatArray(), labels, ownShare);
        }
    }
}

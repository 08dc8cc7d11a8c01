package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import java.util.function.Supplier;

/// What a network is trained for: which questions a batch puts to it, and what the answers ought to be.
public interface Objective {

    /// The class of each image: one question per image.
    Objective LABELS = new Objective() {
        @Override
        public String name() {
            return "labels";
        }

        @Override
        public Questions questions(Network network, NDManager scope, Batch batch, long seed, boolean training) {
            return new Questions(
                    batch.labels(),
                    batch.ownShare(),
                    () -> network.forward(scope, batch.input(), training).array());
        }
    };

    /// In a checkpoint, which goes on with this objective alone.
    String name();

    /// Copies what the answers take to the device and runs nothing there yet: a copy would wait for it.
    ///
    /// @param scope for everything on the way, the logits too
    /// @param seed decides what is random about the questions
    /// @param training whether dropout drops and batch statistics are used
    Questions questions(Network network, NDManager scope, Batch batch, long seed, boolean training);

    /// @param labels the right class of each question
    /// @param ownShare see [Batch#ownShare]
    /// @param answers asks the network: logits `[questions, classes]`
    record Questions(int[] labels, float ownShare, Supplier<NDArray> answers) {

        /// @param logits the answers; this waits for them
        Scores scores(NDArray logits) {
            return new Scores(logits.toFloatArray(), labels, ownShare);
        }
    }
}

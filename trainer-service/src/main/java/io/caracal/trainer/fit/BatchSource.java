package io.caracal.trainer.fit;

/// Where a run gets its batches from: the training or the validation part of a data set.
public interface BatchSource {

    /// A whole pass.
    ///
    /// @param epoch from 0; order and augmentation depend on it and on the source's seed alone
    default Batches epoch(int epoch) {
        return epoch(epoch, 0);
    }

    /// What is left of a pass: the same batches that follow there.
    ///
    /// @param from the [position][Batches#position] at which the pass was left, 0 to `steps()`
    Batches epoch(int epoch, int from);

    /// Images of one epoch.
    int images();

    /// Batches of one epoch; the last one may be smaller.
    int steps();
}

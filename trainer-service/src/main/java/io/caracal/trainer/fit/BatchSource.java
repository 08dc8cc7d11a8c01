package io.caracal.trainer.fit;

/// Where a run gets its batches from: the training or the validation part of a data set.
public interface BatchSource {

    /// @param epoch from 0; order and augmentation depend on it and on the source's seed alone
    Batches epoch(int epoch);

    /// Images of one epoch.
    int images();

    /// Batches of one epoch; the last one may be smaller.
    int steps();
}

package io.caracal.trainer.pretrain;

import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.FitListener;

/// Follows a pre-training. Called on the training thread, which waits for the return.
public interface PretrainListener extends FitListener {

    /// The data set is open and split.
    ///
    /// @param hidden patches that are asked for of each image
    /// @param patches of each image
    default void prepared(SplitSizes sizes, int hidden, int patches) {}

    /// Before the first epoch.
    ///
    /// @param commonest the validation accuracy of always answering with the commonest class, [0, 1]
    default void baseline(double commonest) {}
}

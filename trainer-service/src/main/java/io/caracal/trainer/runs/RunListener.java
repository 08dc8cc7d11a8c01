package io.caracal.trainer.runs;

import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.FitListener;
import io.caracal.trainer.pretrained.StartReport;

/// Follows a run. Called on the thread that trains.
public interface RunListener extends FitListener {

    /// The data set is open and split.
    default void prepared(SplitSizes sizes) {}

    /// Weights of others are in the network.
    default void started(StartReport report) {}

    /// Training is done; export, parity gate and test follow.
    default void exporting() {}
}

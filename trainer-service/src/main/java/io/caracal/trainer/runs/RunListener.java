package io.caracal.trainer.runs;

import io.caracal.datasets.Example;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.FitListener;
import io.caracal.trainer.pretrained.StartReport;
import java.util.List;

/// Follows a run. Called on the thread that trains.
public interface RunListener extends FitListener {

    /// The data set is open and split.
    default void prepared(SplitSizes sizes) {}

    /// The same picture is there with different labels.
    ///
    /// @param groups each of equal pictures
    default void contradictions(List<List<Example>> groups) {}

    /// Weights of others are in the network.
    default void started(StartReport report) {}

    /// Training is done; export, parity gate and test follow.
    default void exporting() {}
}

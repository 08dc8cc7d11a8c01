package io.caracal.trainer.fit;

import java.util.ArrayList;
import java.util.List;

/// How far a run is: what a checkpoint says beside its tensors.
///
/// @param epochs that are finished
/// @param batch of the epoch after these that comes next, from 0
/// @param tally of that epoch so far
/// @param steps of the optimizer
record Progress(List<EpochResult> epochs, int batch, Tally.Sums tally, long steps) {
    static final Progress START = new Progress(List.of(), 0, new Tally.Sums(0, 0, 0), 0);

    Progress {
        epochs = List.copyOf(epochs);
    }

    /// At the beginning of the next epoch.
    Progress andEpoch(EpochResult result, long steps) {
        List<EpochResult> more = new ArrayList<>(epochs);
        more.add(result);
        return new Progress(more, 0, START.tally(), steps);
    }
}

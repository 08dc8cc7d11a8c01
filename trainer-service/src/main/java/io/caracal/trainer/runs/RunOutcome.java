package io.caracal.trainer.runs;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Evaluation;
import io.caracal.trainer.release.CheckedModel;
import io.caracal.trainer.report.RunReport;
import java.util.List;

/// How a run ends that does not fail.
public sealed interface RunOutcome {

    /// @param report of everything, to be shown and written
    /// @param best the epoch that the model is of
    /// @param heldOut the test split that the model was tested on
    /// @param skipped what the data set holds and was not used, each with the reason
    record Finished(
            CheckedModel model,
            RunReport report,
            SplitSizes sizes,
            List<EpochResult> epochs,
            EpochResult best,
            List<Example> heldOut,
            List<ImageSet.Skipped> skipped)
            implements RunOutcome {
        public Finished {
            epochs = List.copyOf(epochs);
            heldOut = List.copyOf(heldOut);
            skipped = List.copyOf(skipped);
        }

        /// Of the network as it was exported.
        public Evaluation validation() {
            return best.validation();
        }
    }

    /// The listener cancelled it; nothing is left of it but its checkpoints.
    record Cancelled() implements RunOutcome {}
}

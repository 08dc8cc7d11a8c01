package io.caracal.trainer.pretrain;

import io.caracal.datasets.ImageSet;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.tensor.SafeTensors;
import java.util.List;

/// How a pre-training ended.
public sealed interface PretrainOutcome {

    /// @param weights of the best epoch, by the model's own names, without its head
    /// @param commonest the validation accuracy of always answering with the commonest class, [0, 1]
    /// @param skipped images that could not be used, each with the reason
    record Finished(
            SafeTensors weights,
            SplitSizes sizes,
            List<EpochResult> epochs,
            EpochResult best,
            double commonest,
            List<ImageSet.Skipped> skipped)
            implements PretrainOutcome {
        public Finished {
            epochs = List.copyOf(epochs);
            skipped = List.copyOf(skipped);
        }
    }

    record Cancelled() implements PretrainOutcome {}
}

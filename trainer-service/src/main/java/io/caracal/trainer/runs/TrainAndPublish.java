package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent.Result;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.release.Publication;
import java.io.IOException;
import java.util.Optional;

/// What a run of the service does: it trains and then publishes what came out.
public record TrainAndPublish(TrainingRun training, Publication publication) implements RunQueue.Work {

    @Override
    public Optional<Result> run(String id, RunPlan plan, Checkpoints checkpoints, RunListener listener)
            throws IOException, InterruptedException {
        return switch (training.run(plan, id, listener, Optional.of(checkpoints))) {
            case RunOutcome.Finished finished -> Optional.of(publication.publish(finished.model(), finished.heldOut()));
            case RunOutcome.Cancelled() -> Optional.empty();
        };
    }
}

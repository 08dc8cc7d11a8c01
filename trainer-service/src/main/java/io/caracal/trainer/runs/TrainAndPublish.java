package io.caracal.trainer.runs;

import io.caracal.contracts.Json;
import io.caracal.contracts.TrainingEvent.Result;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.release.Publication;
import io.caracal.trainer.report.RunPage;
import io.caracal.trainer.report.RunReport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What a run of the service does: it trains and then publishes what came out, the report with it.
public record TrainAndPublish(TrainingRun training, Publication publication) implements RunQueue.Work {
    /// The run's page in the model store, beside the model.
    public static final String PAGE = "report.html";

    /// The run's figures there.
    public static final String FIGURES = "report.json";

    @Override
    public Optional<Result> run(String id, RunPlan plan, Checkpoints checkpoints, RunListener listener)
            throws IOException, InterruptedException {
        return switch (training.run(plan, id, listener, Optional.of(checkpoints))) {
            case RunOutcome.Finished finished -> Optional.of(publish(finished));
            case RunOutcome.Cancelled() -> Optional.empty();
        };
    }

    private Result publish(RunOutcome.Finished finished) {
        RunReport report = finished.report();
        return publication.publish(
                finished.model(), finished.heldOut(), Map.of(PAGE, RunPage.html(report), FIGURES, Json.write(report)));
    }
}

package io.caracal.trainer.runs;

import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.Progress;
import io.caracal.contracts.TrainingEvent.State;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Results and events that tests of runs need.
final class Results {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Results() {}

    static TrainingEvent.Result any() {
        var card = new ModelCard(
                "toy",
                "v1",
                List.of("cool", "warm"),
                ModelCard.Input.pixels("pixels", 224, 224),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output("logits", ModelCard.Output.Kind.LOGITS),
                Map.of());
        var model = new ModelPublished(
                "toy",
                "v1",
                URI.create("file:///store/toy/v1/model.onnx"),
                "ab".repeat(32),
                card,
                new ModelPublished.Stage.Champion(),
                NOW);
        return new TrainingEvent.Result(model, 0.9, 10, 1e-6, "file:///store/toy/v1/test.tsv");
    }

    /// The end of a run that succeeded.
    static TrainingEvent event(String run) {
        return new TrainingEvent(
                run, State.SUCCEEDED, "seed-cnn", NOW, Optional.empty(), Optional.of(any()), Optional.empty());
    }

    static TrainingEvent event(String run, State state) {
        return new TrainingEvent(run, state, "seed-cnn", NOW, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// A run that trains, some milliseconds later.
    static TrainingEvent step(String run, int step, long afterMillis) {
        return new TrainingEvent(
                run,
                State.TRAINING,
                "seed-cnn",
                NOW.plusMillis(afterMillis),
                Optional.of(new Progress(1, 1, step, 100, 0.5, 0.7, 600, Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }
}

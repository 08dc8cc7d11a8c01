package io.caracal.trainer.release;

import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.TrainingEvent;
import io.caracal.datasets.Example;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The last step of a run: the file goes into the store, then the announcement to the `models` topic. Not cancelled
/// once it began. If the announcement fails, the file stays: whether the record arrived is not known then, and a record
/// that names a missing file would be worse than a file that nobody knows of.
public record Publication(ModelStore store, Announcer announcer, InstantSource clock) {

    /// @param beside further files to go into the store, by name
    /// @throws ReleaseException if the model is not published; the message says whether it is in the store
    public TrainingEvent.Result publish(CheckedModel model, List<Example> heldOut, Map<String, byte[]> beside) {
        ModelStore.Stored stored;
        try {
            stored = store.put(model, heldOut, beside);
        } catch (IOException e) {
            throw new ReleaseException("the model cannot be stored: " + e, e);
        }
        var published = new ModelPublished(
                model.card().name(),
                model.card().version(),
                stored.model(),
                stored.sha256(),
                model.card(),
                new ModelPublished.Stage.Champion(),
                clock.instant());
        try {
            announcer.announce(published);
        } catch (ReleaseException e) {
            throw new ReleaseException(
                    "the model is in the store (" + stored.model() + ") but was not announced: " + e.getMessage(), e);
        }
        return new TrainingEvent.Result(
                published,
                model.test().accuracy(),
                model.test().images(),
                model.parity().maxAbs(),
                stored.testSplit().toString());
    }
}

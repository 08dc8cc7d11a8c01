package io.caracal.inference.model;

import io.caracal.contracts.Prediction.ModelRef;
import io.caracal.inference.ColourModel;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// Slots with a model in them, for the tests of what uses one.
public final class ServedModel {
    private ServedModel() {}

    public static ModelSlot slot(Path folder) throws IOException {
        ModelSlot slot = new ModelSlot();
        slot.put(load(folder, "1"));
        return slot;
    }

    public static LoadedModel load(Path folder, String version) throws IOException {
        return load(ColourModel.write(folder, version));
    }

    /// A slot with this model.
    public static ModelSlot slot(ColourModel model) {
        ModelSlot slot = new ModelSlot();
        slot.put(load(model));
        return slot;
    }

    private static LoadedModel load(ColourModel model) {
        return new LoadedModel(
                Classifier.open(model.file(), Device.CPU),
                new ModelRef(ColourModel.NAME, model.version()),
                model.file().toString(),
                Instant.EPOCH);
    }
}

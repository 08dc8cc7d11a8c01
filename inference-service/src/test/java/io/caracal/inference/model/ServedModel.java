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
        Path file = ColourModel.write(folder, version).file();
        return new LoadedModel(
                Classifier.open(file, Device.CPU),
                new ModelRef(ColourModel.NAME, version),
                file.toString(),
                Instant.EPOCH);
    }
}

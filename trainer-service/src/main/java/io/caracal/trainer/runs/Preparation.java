package io.caracal.trainer.runs;

import io.caracal.datasets.Example;
import io.caracal.datasets.Fingerprint;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.Reserved;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// A data set as it is looked through before the training, image by image, which takes long where there are many: the
/// cleaning rules read them, duplicates and SHA-256 want their fingerprints. All of that ends with a
/// [CancellationException] once the run is cancelled. Closing is left to the owner of the data set.
public record Preparation(ImageSet whole, BooleanSupplier cancelled) implements ImageSet {

    private void goOn() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("cancelled while the data was looked through");
        }
    }

    @Override
    public byte[] read(Example example) throws IOException {
        goOn();
        return whole.read(example);
    }

    @Override
    public Fingerprint fingerprint(Example example) throws IOException {
        goOn();
        return whole.fingerprint(example);
    }

    @Override
    public List<Example> examples() {
        return whole.examples();
    }

    @Override
    public List<String> labels() {
        return whole.labels();
    }

    @Override
    public Reserved reserved() {
        return whole.reserved();
    }

    @Override
    public List<Skipped> skipped() {
        return whole.skipped();
    }

    @Override
    public void close() {}
}

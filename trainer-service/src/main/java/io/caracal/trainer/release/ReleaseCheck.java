package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import io.caracal.imaging.Preprocessing;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import io.caracal.trainer.fit.BatchSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Exports a candidate and makes sure that the file does what the candidate does.
///
/// @param trained how the images were decoded that the candidate was trained on
public record ReleaseCheck(Preprocessing trained, BooleanSupplier cancelled) {

    /// Held-out images that the parity gate looks at.
    public static final int PARITY_IMAGES = 1_000;

    /// Exports twice: the test accuracy is measured on the exported file and is then written into its card. The parity
    /// gate looks at the second file, the one that is released.
    ///
    /// @param card without what is measured here
    /// @param heldOut all held-out images
    /// @param sample those for the parity gate
    /// @throws ReleaseException if the file does not agree with the candidate
    /// @throws java.util.concurrent.CancellationException once `cancelled` says so
    public CheckedModel check(Candidate candidate, ModelCard card, BatchSource heldOut, BatchSource sample)
            throws IOException, InterruptedException {
        List<ScoredImage> scored = new ArrayList<>();
        ConfusionMatrix test = onExported(
                candidate.export(card), exported -> ModelTest.run(exported, heldOut, scored::add, cancelled));
        ModelCard complete = withTest(card, test);
        byte[] onnx = candidate.export(complete);
        Parity parity = onExported(onnx, exported -> ParityGate.compare(candidate, exported, sample, cancelled));
        if (!parity.passed()) {
            throw new ReleaseException("the exported file does not agree with the trained model: " + parity.summary());
        }
        return new CheckedModel(onnx, complete, parity, test, scored);
    }

    private <T> T onExported(byte[] onnx, OnClassifier<T> work) throws IOException, InterruptedException {
        Path file = Files.createTempFile("caracal-export-", ".onnx");
        try {
            writeTemporary(file, onnx);
            try (Classifier exported = Classifier.open(file, Device.CPU)) {
                if (!exported.preprocessing().equals(trained)) {
                    throw new ReleaseException("the exported card asks for other pixels than were trained on: "
                            + exported.preprocessing() + " instead of " + trained);
                }
                return work.apply(exported);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void writeTemporary(Path file, byte[] onnx) throws IOException {
        try {
            Files.write(file, onnx);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write the temporary file " + file + ": " + e.getMessage()
                            + "; make room there or set another folder: JDK_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    private static ModelCard withTest(ModelCard card, ConfusionMatrix test) {
        var provenance = new TreeMap<>(card.provenance());
        provenance.put(Provenance.TEST_ACCURACY, Provenance.figure(test.accuracy()));
        return new ModelCard(
                card.name(), card.version(), card.labels(), card.input(), card.resize(), card.output(), provenance);
    }

    @FunctionalInterface
    private interface OnClassifier<T> {
        T apply(Classifier exported) throws InterruptedException;
    }
}

package io.caracal.trainer.release;

import io.caracal.scoring.Classifier;
import io.caracal.scoring.Scores;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Compares an exported file in ONNX Runtime with the engine that trained it, on real images. What does not agree is
/// not released.
public final class ParityGate {
    private double maxAbs;
    private double maxError;
    private int images;
    private int changedLabels;

    private ParityGate() {}

    /// @throws java.util.concurrent.CancellationException once `cancelled` says so
    static Parity compare(Candidate candidate, Classifier exported, BatchSource images, BooleanSupplier cancelled)
            throws InterruptedException {
        var gate = new ParityGate();
        try (Batches batches = images.epoch(0)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                try (Batch batch = next.get()) {
                    Cancellation.check(cancelled);
                    float[][] want = candidate.logits(batch.pixels().duplicate(), batch.size());
                    gate.add(want, exported.score(batch.pixels().duplicate(), batch.size()));
                    Optional<float[][]> tokens =
                            candidate.patchTokens(batch.pixels().duplicate(), batch.size());
                    if (tokens.isPresent()) {
                        gate.addNumbers(
                                tokens.get(),
                                exported.output(
                                        OnnxExport.PATCH_TOKENS, batch.pixels().duplicate(), batch.size()));
                    }
                }
            }
        }
        return gate.result();
    }

    /// @param want logits `[N, classes]` of the training engine
    static Parity compare(float[][] want, Scores got) {
        var gate = new ParityGate();
        gate.add(want, got);
        return gate.result();
    }

    private void add(float[][] want, Scores got) {
        Scores wanted = new Scores(want, want);
        addNumbers(want, got.logits());
        for (int i = 0; i < want.length; i++) {
            images++;
            if (wanted.best(i) != got.best(i)) {
                changedLabels++;
            }
        }
    }

    private void addNumbers(float[][] want, float[][] got) {
        for (int i = 0; i < want.length; i++) {
            for (int c = 0; c < want[i].length; c++) {
                double difference = Math.abs((double) want[i][c] - got[i][c]);
                // Math.max keeps a NaN, so a number that is none can never pass.
                maxAbs = Math.max(maxAbs, difference);
                maxError = Math.max(maxError, difference / Math.max(1, Math.abs(want[i][c])));
            }
        }
    }

    private Parity result() {
        return new Parity(images, maxAbs, maxError, changedLabels);
    }
}

package io.caracal.trainer.release;

import io.caracal.scoring.Classifier;
import io.caracal.scoring.ModelException;
import io.caracal.scoring.Scores;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Scores labelled images with a model file through ONNX Runtime, exactly as the inference service would.
public final class ModelTest {

    private ModelTest() {}

    /// Told of each image in the source's order, those that are skipped left out.
    @FunctionalInterface
    public interface PerImage {
        void scored(ScoredImage image);
    }

    /// @param images decoded as the model's [Classifier#preprocessing] says
    /// @throws java.util.concurrent.CancellationException once `cancelled` says so
    /// @throws ModelException if the model's scores of an image are not finite
    public static ConfusionMatrix run(
            Classifier classifier, BatchSource images, PerImage perImage, BooleanSupplier cancelled)
            throws InterruptedException {
        ConfusionMatrix matrix = ConfusionMatrix.empty(classifier.card().labels());
        try (Batches batches = images.epoch(0)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                try (Batch batch = next.get()) {
                    Cancellation.check(cancelled);
                    Scores scores = classifier.score(batch.pixels().duplicate(), batch.size());
                    int[] labels = batch.labels();
                    for (int i = 0; i < labels.length; i++) {
                        if (!scores.isFinite(i)) {
                            throw new ModelException(
                                    "model " + classifier.card().name()
                                            + " gives scores that are not finite for one of the images");
                        }
                        int best = scores.best(i);
                        matrix.add(labels[i], best);
                        float[] probabilities = scores.probabilities()[i];
                        perImage.scored(
                                new ScoredImage(labels[i], best, probabilities[best], probabilities[labels[i]]));
                    }
                }
            }
        }
        return matrix;
    }
}

package io.caracal.trainer.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.fit.Objective;
import io.caracal.trainer.models.MaskedPatches;
import io.caracal.trainer.models.Masking;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Eager;
import io.caracal.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Asks for the colour class of hidden patches (Dosovitskiy et al. 2020, appendix B.1.2; spec 2.10). What is hidden
/// depends on the seed alone: of a batch of a training epoch another time than in the next one, of a batch of
/// validation images the same in every epoch.
///
/// @param size width and height of the images in pixels
/// @param side patches in a row
record MaskedPatchPrediction(int size, int side, Masking masking) implements Objective {

    static MaskedPatchPrediction of(MaskedPatches architecture, Masking masking) {
        return new MaskedPatchPrediction(architecture.imageSize(), architecture.side(), masking);
    }

    @Override
    public String name() {
        return "masked patches";
    }

    @Override
    public Questions questions(Network network, NDManager scope, Batch batch, long seed, boolean training) {
        HiddenPatches[] hidden = hidden(batch.size(), seed);
        int patches = side * side;
        int asked = masking.chosen(patches);
        float[] sources = new float[hidden.length * patches * patches];
        float[] masked = new float[hidden.length * patches];
        float[] chosen = new float[hidden.length * asked * patches];
        for (int image = 0; image < hidden.length; image++) {
            for (int patch = 0; patch < patches; patch++) {
                int row = image * patches + patch;
                int source = hidden[image].sources()[patch];
                if (source == HiddenPatches.MASK) {
                    masked[row] = 1;
                } else {
                    sources[row * patches + source] = 1;
                }
            }
            for (int k = 0; k < asked; k++) {
                chosen[(image * asked + k) * patches + hidden[image].chosen()[k]] = 1;
            }
        }
        NDArray seen = scope.create(sources, new Shape(hidden.length, patches, patches));
        NDArray hides = scope.create(masked, new Shape(hidden.length, patches, 1));
        NDArray picks = scope.create(chosen, new Shape(hidden.length, asked, patches));
        return new Questions(labels(batch, hidden), 1, () -> {
            Tensor logits = ((MaskedPatches.Layers) network.layers())
                    .forward(
                            network.images(scope, batch.input(), training),
                            network.tensor(seen, training),
                            network.tensor(hides, training),
                            network.tensor(picks, training))
                    .reshape(-1, network.classes());
            return ((Eager) logits).array();
        });
    }

    /// What the accuracy would be if the answer were always the commonest class of the answers that are right.
    ///
    /// @param images asked as in validation
    /// @return empty if cancelled
    Optional<Double> ofCommonestClass(BatchSource images, BooleanSupplier cancelled) throws InterruptedException {
        long[] counts = new long[PatchColours.CLASSES];
        try (Batches batches = images.epoch(0)) {
            while (!cancelled.getAsBoolean()) {
                long seed = batches.position();
                Optional<Batch> next = batches.next();
                if (next.isEmpty()) {
                    long all = Arrays.stream(counts).sum();
                    return Optional.of((double) Arrays.stream(counts).max().orElseThrow() / all);
                }
                try (Batch batch = next.get()) {
                    for (int label : labels(batch, hidden(batch.size(), seed))) {
                        counts[label]++;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private HiddenPatches[] hidden(int images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HiddenPatches[] hidden = new HiddenPatches[images];
        for (int i = 0; i < images; i++) {
            hidden[i] = HiddenPatches.draw(side * side, masking, random);
        }
        return hidden;
    }

    /// Of the chosen patches, image by image.
    private int[] labels(Batch batch, HiddenPatches[] hidden) {
        int patches = side * side;
        int asked = masking.chosen(patches);
        int[] colours = PatchColours.of(batch.pixels(), batch.size(), size, side);
        int[] labels = new int[hidden.length * asked];
        for (int i = 0; i < labels.length; i++) {
            int image = i / asked;
            labels[i] = colours[image * patches + hidden[image].chosen()[i % asked]];
        }
        return labels;
    }
}

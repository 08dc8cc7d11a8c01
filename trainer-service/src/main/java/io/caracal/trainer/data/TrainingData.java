package io.caracal.trainer.data;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.Split;
import io.caracal.imaging.Preprocessing;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.FitData;
import io.caracal.trainer.models.Augmentation;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.tensor.CopyAhead;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A data set that is split and ready to be trained on. Owns its [ImageLoading]; the image set stays its caller's.
public final class TrainingData implements AutoCloseable {
    private final ImageLoading loading;
    private final Split split;
    private final Recipe recipe;

    private TrainingData(ImageLoading loading, Split split, Recipe recipe) {
        this.loading = loading;
        this.split = split;
        this.recipe = recipe;
    }

    /// @param recipe its seed decides order and augmentation of the training images
    /// @param ahead copies each batch to where it is trained on
    /// @throws DataException if a label has no image to be trained on, or decoded images cannot be kept
    public static TrainingData open(
            ImageSet set, Split split, Preprocessing preprocessing, Recipe recipe, Loading settings, CopyAhead ahead)
            throws IOException {
        requireEveryLabel(set, split.train());
        List<Example> examples = Stream.of(split.train(), split.validation(), split.test())
                .flatMap(List::stream)
                .toList();
        // The held-out images are looked at once, after the training.
        int kept = split.train().size() + split.validation().size();
        return new TrainingData(
                ImageLoading.open(
                        set,
                        examples,
                        set.labels(),
                        kept,
                        preprocessing,
                        new Batching(recipe.batchSize(), settings, ahead)),
                split,
                recipe);
    }

    private static void requireEveryLabel(ImageSet set, List<Example> train) {
        Set<String> there = train.stream().map(Example::label).collect(Collectors.toSet());
        for (String label : set.labels()) {
            if (!there.contains(label)) {
                boolean reserved = set.examples().stream()
                        .filter(example -> example.label().equals(label))
                        .allMatch(set.reserved()::contains);
                throw new DataException("no image of %s is among the %,d for training; ".formatted(label, train.size())
                        + (reserved
                                ? "all are in folders for validation or tests"
                                : "more images help, or the split mode stratified"));
            }
        }
    }

    public BatchSource training() {
        return loading.training(0, split.train().size(), recipe);
    }

    /// The training images in the order of the split, which is random, and without augmentation.
    public BatchSource trainingAsServed() {
        return loading.inOrder(0, split.train().size());
    }

    /// @param identity what tells these images from others
    public FitData sources(Map<String, String> identity) {
        return new FitData(training(), trainingAsServed(), validation(), validationAugmented(), identity);
    }

    /// The validation images, cropped and flipped as the published code did it.
    private BatchSource validationAugmented() {
        return loading.augmented(split.train().size(), firstTest(), Augmentation.DEFAULTS, recipe.seed());
    }

    public BatchSource validation() {
        return loading.inOrder(split.train().size(), firstTest());
    }

    /// The first held-out images, at most `limit`: a random choice, because the split is shuffled. They are scored on
    /// the CPU.
    public BatchSource heldOut(int limit) {
        int test = firstTest();
        return loading.onHost(test, test + Math.min(limit, split.test().size()));
    }

    /// All held-out images that can be decoded; complete after a pass over [#heldOut].
    public List<Example> usedHeldOut() {
        return loading.used(firstTest(), firstTest() + split.test().size());
    }

    private int firstTest() {
        return split.train().size() + split.validation().size();
    }

    public Split split() {
        return split;
    }

    /// The images that could not be read or decoded so far, each with the reason.
    public List<ImageSet.Skipped> skipped() {
        return loading.skipped();
    }

    @Override
    public void close() {
        loading.close();
    }
}

package io.caracal.trainer.data;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.imaging.Geometry;
import io.caracal.imaging.Preprocessing;
import io.caracal.trainer.data.EpochSource.Part;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.models.Augmentation;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Labelled images as batches of pixels. Owns the loading threads, the cache of decoded pixels and the batch buffers;
/// the image set stays its caller's. Close it when no batch is in use any more.
public final class ImageLoading implements AutoCloseable {
    private final List<Example> examples;
    private final List<String> classes;
    private final Preprocessing preprocessing;
    private final Batching batching;
    private final AtomicLong room;
    private final PixelCache cache;
    private final LoadingThreads threads;
    private final BatchBuffers buffers;
    private final DecodedImages images;
    private final Map<Preprocessing, Larger> larger = new HashMap<>();

    /// Pictures that crops are cut from.
    private record Larger(DecodedImages images, PixelCache cache) {}

    private ImageLoading(
            ImageSet set,
            List<Example> examples,
            List<String> classes,
            Preprocessing preprocessing,
            Batching batching,
            AtomicLong room,
            PixelCache cache) {
        this.examples = List.copyOf(examples);
        this.classes = classes;
        this.preprocessing = preprocessing;
        this.batching = batching;
        this.room = room;
        this.cache = cache;
        int bytes = batchBytes(batching.size(), Math.max(examples.size(), 1), preprocessing);
        this.threads = new LoadingThreads(batching.loading().threads(), () -> new Workbench(preprocessing.geometry()));
        // Two passes may be under way at once, each with one batch in use and the others ahead of it.
        this.buffers = new BatchBuffers(bytes, 2 * (batching.loading().prefetch() + 1));
        this.images = new DecodedImages(set, this.examples, preprocessing, cache);
    }

    private static int batchBytes(int batchSize, int images, Preprocessing preprocessing) {
        int most = Integer.MAX_VALUE / preprocessing.pixelBytes();
        int batch = Math.min(batchSize, images);
        if (batch > most) {
            throw new DataException("batchSize is %d, allowed with images of %,d bytes is at most %d"
                    .formatted(batchSize, preprocessing.pixelBytes(), most));
        }
        return batch * preprocessing.pixelBytes();
    }

    /// @param examples images of the set, numbered from 0 in this order
    /// @param classes the labels in index order; every example's label is one of them
    /// @param kept how many of the first images are needed more than once, so that their pixels are worth keeping
    /// @throws DataException if there can be no temporary file
    public static ImageLoading open(
            ImageSet set,
            List<Example> examples,
            List<String> classes,
            int kept,
            Preprocessing preprocessing,
            Batching batching)
            throws IOException {
        Loading settings = batching.loading();
        var room = new AtomicLong(settings.cacheBytes());
        PixelCache cache = PixelCache.open(settings.cacheFolder(), kept, preprocessing.pixelBytes(), room);
        try {
            return new ImageLoading(set, examples, classes, preprocessing, batching, room, cache);
        } catch (RuntimeException | Error e) {
            cache.close();
            throw e;
        }
    }

    /// The images `from` to `to - 1` for training: shuffled and augmented, with everything on in every epoch.
    public BatchSource augmented(int from, int to, Augmentation augmentation, long seed) {
        return source(
                pictures(augmentation),
                batching,
                from,
                to,
                Optional.of(Shuffled.of(augmentation, Integer.MAX_VALUE, seed)));
    }

    /// The images `from` to `to - 1` as a recipe wants them for training: shuffled in every epoch and augmented.
    BatchSource training(int from, int to, Recipe recipe) {
        Augmentation augmentation = recipe.augmentation();
        return source(
                pictures(augmentation),
                batching,
                from,
                to,
                Optional.of(Shuffled.of(augmentation, recipe.mixedEpochs(), recipe.seed())));
    }

    /// The images `from` to `to - 1` in their order, as they are, and not copied ahead.
    public BatchSource onHost(int from, int to) {
        return source(images, batching.onHost(), from, to, Optional.empty());
    }

    /// The images `from` to `to - 1` in their order, as they are.
    public BatchSource inOrder(int from, int to) {
        return source(images, batching, from, to, Optional.empty());
    }

    /// What crops are cut from.
    private DecodedImages pictures(Augmentation augmentation) {
        int size = augmentation.sourceSize();
        Preprocessing wanted = size == 0
                ? preprocessing
                : new Preprocessing(
                        new Geometry.Squash(size, size),
                        preprocessing.filter(),
                        preprocessing.dctScaling(),
                        preprocessing.applyExifOrientation());
        if (wanted.equals(preprocessing)) {
            return images;
        }
        return larger.computeIfAbsent(wanted, _ -> {
                    PixelCache pixels = PixelCache.open(
                            batching.loading().cacheFolder(), examples.size(), wanted.pixelBytes(), room);
                    return new Larger(images.in(wanted, pixels), pixels);
                })
                .images();
    }

    private BatchSource source(DecodedImages pictures, Batching as, int from, int to, Optional<Shuffled> shuffled) {
        int[] labels = examples.subList(from, to).stream()
                .mapToInt(example -> classes.indexOf(example.label()))
                .toArray();
        return new EpochSource(
                pictures, threads, buffers, new Part(from, labels), preprocessing.geometry(), as, shuffled);
    }

    /// The images that could not be read or decoded so far, each with the reason.
    public List<ImageSet.Skipped> skipped() {
        return images.skipped();
    }

    /// The images `from` to `to - 1` without those that are skipped.
    public List<Example> used(int from, int to) {
        return IntStream.range(from, to)
                .filter(image -> !images.isSkipped(image))
                .mapToObj(examples::get)
                .toList();
    }

    /// Batches that are lent at this moment.
    int batchesInUse() {
        return buffers.lent();
    }

    @Override
    public void close() {
        threads.close();
        buffers.close();
        cache.close();
        larger.values().forEach(other -> other.cache().close());
    }
}

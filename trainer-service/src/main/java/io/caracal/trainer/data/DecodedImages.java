package io.caracal.trainer.data;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.imaging.Decoded;
import io.caracal.imaging.Geometry;
import io.caracal.imaging.Preprocessing;
import io.caracal.imaging.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The images of a data set as pixels of one size: from the cache if they are there, else decoded. An image that cannot
/// be read or decoded is skipped from then on and listed with the reason.
///
/// Safe for concurrent use: threads that meet at the same image, which is repeated in two batches, decode and keep the
/// same bytes. Owns neither the image set nor the cache.
final class DecodedImages {
    private final ImageSet set;
    private final List<Example> examples;
    private final Preprocessing preprocessing;
    private final PixelCache cache;
    private final ConcurrentNavigableMap<Integer, ImageSet.Skipped> skipped;

    DecodedImages(ImageSet set, List<Example> examples, Preprocessing preprocessing, PixelCache cache) {
        this(set, examples, preprocessing, cache, new ConcurrentSkipListMap<>());
    }

    private DecodedImages(
            ImageSet set,
            List<Example> examples,
            Preprocessing preprocessing,
            PixelCache cache,
            ConcurrentNavigableMap<Integer, ImageSet.Skipped> skipped) {
        this.set = set;
        this.examples = examples;
        this.preprocessing = preprocessing;
        this.cache = cache;
        this.skipped = skipped;
    }

    /// The same images in another size; what is skipped is skipped in both.
    DecodedImages in(Preprocessing other, PixelCache cache) {
        return new DecodedImages(set, examples, other, cache, skipped);
    }

    Geometry geometry() {
        return preprocessing.geometry();
    }

    /// The pixels `[H, W, 3]` of an image, or nothing if it is skipped.
    ///
    /// @return a view of the cache or of a buffer of the bench; read it before the next call
    Optional<ByteBuffer> pixels(int image, Workbench bench) {
        if (cache.holds(image)) {
            return Optional.of(cache.view(image));
        }
        if (skipped.containsKey(image)) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = set.read(examples.get(image));
        } catch (IOException e) {
            return skip(image, "cannot be read: " + e.getMessage());
        }
        Decoding decoding = bench.decoding(preprocessing);
        ByteBuffer scratch = decoding.scratch().clear();
        return switch (decoding.decoder().decode(bytes, scratch)) {
            case Decoded.Done done -> {
                scratch.flip();
                cache.put(image, scratch);
                yield Optional.of(scratch);
            }
            case Refusal refusal -> skip(image, refusal.message());
        };
    }

    private Optional<ByteBuffer> skip(int image, String reason) {
        skipped.put(image, new ImageSet.Skipped(examples.get(image).entry(), reason));
        return Optional.empty();
    }

    /// What is wrong with a part after a pass over it: nothing, unless most of it cannot be used.
    ///
    /// @param labels whether each label needs an image, as it does for training
    Optional<DataException> unusable(int from, int to, boolean labels) {
        List<Integer> bad = List.copyOf(skipped.subMap(from, to).keySet());
        if (2 * bad.size() > to - from || to == from) {
            return Optional.of(unusable("%,d of %,d images cannot be used".formatted(bad.size(), to - from), bad));
        }
        if (labels && !bad.isEmpty()) {
            Map<String, Long> all = counts(IntStream.range(from, to).boxed());
            for (Map.Entry<String, Long> label : counts(bad.stream()).entrySet()) {
                if (label.getValue().equals(all.get(label.getKey()))) {
                    return Optional.of(unusable(
                            "none of the %,d images of %s for training can be used"
                                    .formatted(label.getValue(), label.getKey()),
                            bad.stream()
                                    .filter(image -> examples.get(image).label().equals(label.getKey()))
                                    .toList()));
                }
            }
        }
        return Optional.empty();
    }

    private DataException unusable(String what, List<Integer> images) {
        String why = images.isEmpty()
                ? "there are none"
                : "the first one: %s: %s; repair the files or leave them out"
                        .formatted(
                                skipped.get(images.getFirst()).entry(),
                                skipped.get(images.getFirst()).reason());
        return new DataException(what + ", " + why);
    }

    private Map<String, Long> counts(Stream<Integer> images) {
        return images.collect(
                Collectors.groupingBy(image -> examples.get(image).label(), TreeMap::new, Collectors.counting()));
    }

    boolean isSkipped(int image) {
        return skipped.containsKey(image);
    }

    /// The skipped images that were met so far, in the order of the data set.
    List<ImageSet.Skipped> skipped() {
        return List.copyOf(skipped.values());
    }
}

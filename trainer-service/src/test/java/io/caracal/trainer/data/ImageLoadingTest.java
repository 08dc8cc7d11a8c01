package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.imaging.CropResizer;
import io.caracal.imaging.Filter;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import io.caracal.testing.ThreadCheck;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.models.Augmentation;
import io.caracal.trainer.models.Augmentations;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLoadingTest {
    private static final int IMAGES = 23;
    private static final int BATCH = 5;
    private static final long NO_CACHE = 0;
    private static final long CACHE = 1 << 20;
    private static final Preprocessing PREPROCESSING = Preprocessing.squash(16, 16, Filter.ANTIALIAS);

    @TempDir
    Path folder;

    @TempDir
    Path cacheFolder;

    private ThreadCheck threads;

    @BeforeEach
    void draw() throws IOException {
        threads = ThreadCheck.of("caracal-loader");
        TestImages.folder(folder, IMAGES);
    }

    @AfterEach
    void noThreadIsLeft() {
        threads.close();
    }

    /// One batch as values.
    private record Copy(List<Integer> labels, List<Byte> pixels, float ownShare) {}

    private ImageLoading open(ImageSet set, int threads, long cacheBytes) throws IOException {
        return ImageLoading.open(
                set,
                set.examples(),
                set.labels(),
                set.examples().size(),
                PREPROCESSING,
                new Batching(BATCH, new Loading(threads, cacheBytes, cacheFolder, 2)));
    }

    private static List<Copy> copy(BatchSource source, int epoch) throws InterruptedException {
        List<Copy> copies = new ArrayList<>();
        try (Batches batches = source.epoch(epoch)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                try (Batch batch = next.get()) {
                    List<Byte> pixels = new ArrayList<>();
                    ByteBuffer buffer = batch.pixels();
                    while (buffer.hasRemaining()) {
                        pixels.add(buffer.get());
                    }
                    copies.add(new Copy(Arrays.stream(batch.labels()).boxed().toList(), pixels, batch.ownShare()));
                }
            }
        }
        return copies;
    }

    /// Two epochs of training batches.
    private List<Copy> trained(Augmentation augmentation, int threads, long cacheBytes)
            throws IOException, InterruptedException {
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, threads, cacheBytes)) {
            BatchSource source = loading.augmented(0, IMAGES, augmentation, 11);
            List<Copy> copies = copy(source, 0);
            copies.addAll(copy(source, 1));
            assertThat(loading.batchesInUse()).isZero();
            return copies;
        }
    }

    static List<Augmentation> augmentations() {
        return List.of(
                Augmentation.DEFAULTS,
                new Augmentation(0, 0.25, true, 2, 9, 0.5, 0, 0.25, 0.8, 1, 1, 0, 3),
                new Augmentation(20, 0.5, true, 0, 9, 0.5, 0.4, 0.5, 0, 1, 1, 0, 2));
    }

    @Test
    void cropsAreCutFromLargerPicturesAndNothingElseIs() throws IOException, InterruptedException {
        // Given the pictures as they are when crops are cut from the whole of them
        Map<String, Object> whole = Map.of("minScale", 1);
        Augmentation augmentation = Augmentations.of(Map.of("minScale", 1, "sourceSize", 40));
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 1, CACHE)) {
            List<Copy> served = copy(loading.inOrder(0, IMAGES), 0);
            List<Copy> own = copy(loading.augmented(0, IMAGES, Augmentations.of(whole), 11), 0);

            // When
            List<Copy> larger = copy(loading.augmented(0, IMAGES, augmentation, 11), 0);

            // Then
            assertThat(larger.stream().map(Copy::labels).toList())
                    .isEqualTo(own.stream().map(Copy::labels).toList());
            assertThat(larger).isNotEqualTo(own);
            assertThat(copy(loading.inOrder(0, IMAGES), 0)).isEqualTo(served);
        }
    }

    /// The pictures of the second epoch come from the cache.
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void cropOfALargerPictureIsThatPartOfTheDecodersPixels(int epoch) throws IOException, InterruptedException {
        // Given
        Augmentation augmentation = Augmentations.of(Map.of("minScale", 0.2, "sourceSize", 40));
        var draw = Shuffled.of(augmentation, 1, 11).crop().draw(40, 40, Seeds.random(11, 1, epoch, 4));
        int place = place(4, Shuffled.of(augmentation, 1, 11).order(IMAGES, epoch));
        byte[] expected = new byte[PREPROCESSING.pixelBytes()];
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 1, CACHE);
                var decoder = new ImageDecoder(Limits.DEFAULTS, Preprocessing.squash(40, 40, Filter.ANTIALIAS));
                var resizer = new CropResizer(16, 16)) {
            ByteBuffer picture = ByteBuffer.allocateDirect(40 * 40 * 3);
            decoder.decode(set.read(set.examples().get(4)), picture);
            resizer.resize(picture.flip(), 40, 40, draw.crop(), draw.flip(), ByteBuffer.wrap(expected));

            BatchSource source = loading.augmented(0, IMAGES, augmentation, 11);
            copy(source, 0);

            // When
            Copy batch = copy(source, epoch).get(place / BATCH);

            // Then
            int from = place % BATCH * PREPROCESSING.pixelBytes();
            List<Byte> pixels = batch.pixels().subList(from, from + PREPROCESSING.pixelBytes());
            assertThat(pixels).isEqualTo(boxed(expected));
        }
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> boxed = new ArrayList<>();
        for (byte value : bytes) {
            boxed.add(value);
        }
        return boxed;
    }

    private static int place(int image, int[] order) {
        return IntStream.range(0, order.length)
                .filter(place -> order[place] == image)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("augmentations")
    void batchesDoNotDependOnThreadsOrCache(Augmentation augmentation) throws IOException, InterruptedException {
        // Given
        List<Copy> oneThreadNoCache = trained(augmentation, 1, NO_CACHE);

        // When
        List<Copy> manyThreadsWithCache = trained(augmentation, 4, CACHE);

        // Then
        assertThat(manyThreadsWithCache).isEqualTo(oneThreadNoCache);
        // Room for seven images: some are kept, the others decoded again.
        assertThat(trained(augmentation, 3, 7L * PREPROCESSING.pixelBytes())).isEqualTo(oneThreadNoCache);
    }

    @Test
    void lastEpochsGoWithoutMixing() throws IOException, InterruptedException {
        // Given
        Recipe mixed = new Recipe("none", 3, 4, 1, 11).with("augmentation.mixup", 1);
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 1, CACHE)) {
            BatchSource plain = loading.augmented(0, IMAGES, Augmentation.DEFAULTS, 11);
            BatchSource all = loading.training(0, IMAGES, mixed);

            // When
            BatchSource source = loading.training(0, IMAGES, mixed.with("augmentation.mixingOffEpochs", 1));

            // Then the last epoch is as it would be without mixing, and the others as they were
            assertThat(copy(source, 1)).isEqualTo(copy(all, 1)).isNotEqualTo(copy(plain, 1));
            assertThat(copy(source, 2)).isEqualTo(copy(plain, 2)).isNotEqualTo(copy(all, 2));
        }
    }

    /// Pinned: what was trained before there was more to choose from is trained the same.
    @Test
    void defaultsAreARandomResizedCropAndAFlip() throws IOException, InterruptedException {
        // Given
        var random = Seeds.random(11, 1, 0, 4);
        var expected = RandomResizedCrop.DEFAULTS.draw(16, 16, random);

        // When
        var drawn = Shuffled.of(Augmentation.DEFAULTS, 1, 11).crop().draw(16, 16, Seeds.random(11, 1, 0, 4));

        // Then
        assertThat(drawn).isEqualTo(expected);
        assertThat(trained(Augmentation.DEFAULTS, 2, CACHE)).allMatch(copy -> copy.ownShare() == 1);
    }

    @Test
    void repeatedImagesFollowEachOtherDifferentlyAugmentedAndTheEpochKeepsItsLength()
            throws IOException, InterruptedException {
        // Given
        int[] once = Shuffled.of(Augmentation.DEFAULTS, 4, 11).order(IMAGES, 3);

        // When
        int[] thrice =
                Shuffled.of(Augmentations.of(Map.of("repeats", 3)), 4, 11).order(IMAGES, 3);

        // Then
        assertThat(thrice).hasSize(IMAGES);
        for (int place = 0; place < IMAGES; place++) {
            assertThat(thrice[place]).isEqualTo(once[place / 3]);
        }
        Copy first = trained(Augmentations.of(Map.of("repeats", 3)), 2, CACHE).getFirst();
        int bytes = PREPROCESSING.pixelBytes();
        assertThat(first.pixels().subList(0, bytes)).isNotEqualTo(first.pixels().subList(bytes, 2 * bytes));
        assertThat(first.labels().subList(0, 3)).containsOnly(first.labels().getFirst());
    }

    @Test
    void everyEpochHasEveryImageOnceInAnotherOrder() throws IOException, InterruptedException {
        // Given
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 2, CACHE)) {
            BatchSource source = loading.augmented(0, IMAGES, Augmentation.DEFAULTS, 11);

            // When
            List<Copy> first = copy(source, 0);
            List<Copy> second = copy(source, 1);

            // Then
            assertThat(source.steps()).isEqualTo(5);
            assertThat(first.stream().map(copy -> copy.labels().size())).containsExactly(5, 5, 5, 5, 3);
            assertThat(first.stream()
                            .flatMap(copy -> copy.labels().stream())
                            .mapToInt(label -> label)
                            .sum())
                    .isEqualTo(IMAGES / 2);
            assertThat(second.stream().map(Copy::labels).toList())
                    .isNotEqualTo(first.stream().map(Copy::labels).toList());
        }
    }

    @Test
    void inOrderTheImagesAreThoseOfTheDecoder() throws IOException, InterruptedException {
        // Given
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 2, CACHE);
                var decoder = new ImageDecoder(Limits.DEFAULTS, PREPROCESSING)) {
            ByteBuffer expected = ByteBuffer.allocateDirect(IMAGES * PREPROCESSING.pixelBytes());
            for (var example : set.examples()) {
                decoder.decode(set.read(example), expected);
            }

            // When, twice: decoded and from the cache
            List<Copy> decoded = copy(loading.inOrder(0, IMAGES), 0);
            List<Copy> cached = copy(loading.inOrder(0, IMAGES), 0);

            // Then
            List<Byte> pixels = new ArrayList<>();
            expected.flip();
            while (expected.hasRemaining()) {
                pixels.add(expected.get());
            }
            assertThat(decoded.stream().flatMap(copy -> copy.pixels().stream()).toList())
                    .isEqualTo(pixels);
            assertThat(cached).isEqualTo(decoded);
        }
    }

    @Test
    void undecodableImageMakesItsBatchSmallerMovesNoOtherAndIsListed() throws IOException, InterruptedException {
        // Given the same images, one of them damaged
        List<Copy> whole;
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 2, CACHE)) {
            whole = copy(loading.inOrder(0, IMAGES), 0);
        }
        Files.writeString(folder.resolve("cool/1.png"), "no image at all");

        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 2, CACHE)) {

            // When
            List<Copy> damaged = copy(loading.inOrder(0, IMAGES), 0);

            // Then `cool/1.png` is the second entry: `cool/0.png`, `cool/1.png`, `cool/10.png`, ...
            assertThat(damaged.getFirst().labels()).hasSize(BATCH - 1);
            assertThat(damaged.subList(1, damaged.size())).isEqualTo(whole.subList(1, whole.size()));
            assertThat(loading.skipped())
                    .singleElement()
                    .satisfies(skipped -> assertThat(skipped.entry()).isEqualTo("cool/1.png"));
            assertThat(loading.used(0, IMAGES)).hasSize(IMAGES - 1);
        }
    }

    @Test
    void setWithoutAnyDecodableImageIsAnErrorThatNamesOne() throws IOException {
        // Given
        for (var file : List.of("cool", "warm")) {
            try (var images = Files.list(folder.resolve(file))) {
                for (Path image : images.toList()) {
                    Files.writeString(image, "no image " + image);
                }
            }
        }
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 2, CACHE)) {

            // When, Then
            assertThatThrownBy(() -> copy(loading.augmented(0, IMAGES, Augmentation.DEFAULTS, 1), 0))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("23 of 23 images cannot be used, the first one: cool/");
        }
    }

    @Test
    void leavingAnEpochEarlyLeavesNothingLent() throws IOException, InterruptedException {
        // Given
        try (ImageSet set = ImageSets.open(folder);
                ImageLoading loading = open(set, 2, CACHE)) {
            Batches batches =
                    loading.augmented(0, IMAGES, Augmentation.DEFAULTS, 1).epoch(0);
            batches.next().orElseThrow().close();

            // When
            batches.close();

            // Then
            assertThat(loading.batchesInUse()).isZero();
        }
    }
}

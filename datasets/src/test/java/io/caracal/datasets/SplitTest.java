package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    @ParameterizedTest(name = "{0} images (spec/models.md 5.2)")
    @CsvSource({
        "24959, 15973, 3994, 4992",
        "25000, 16000, 4000, 5000",
        "24998, 15998, 4000, 5000",
        "23410, 14982, 3746, 4682",
        "23262, 14887, 3722, 4653"
    })
    void splitsInTheSizesOfThePost(int images, int train, int validation, int test) throws Exception {
        // Given
        ImageSet set = distinct(images);

        // When
        Split split = Split.of(set, Split.Mode.RANDOM, 1);

        // Then
        assertThat(split.train()).hasSize(train);
        assertThat(split.validation()).hasSize(validation);
        assertThat(split.test()).hasSize(test);
        Set<Example> all = new HashSet<>(split.train());
        all.addAll(split.validation());
        all.addAll(split.test());
        assertThat(all).hasSize(images);
    }

    /// Pinned: a change of the shuffle would let models be tested on images that they were trained on.
    @Test
    void aSeedGivesTheSameSplitForever() throws Exception {
        // Given
        ImageSet set = distinct(15);

        // When
        Split split = Split.of(set, Split.Mode.RANDOM, 42);

        // Then
        assertThat(names(split.test())).isEqualTo("05 14 10");
        assertThat(names(split.validation())).isEqualTo("13 03 09");
        assertThat(names(split.train())).isEqualTo("11 12 02 01 00 08 06 04 07");
        assertThat(Split.of(set, Split.Mode.RANDOM, 43).test()).isNotEqualTo(split.test());
    }

    /// Reference outputs of SplitMix64 for seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64").
    @Test
    void shufflesWithSplitMix64() {
        // Given
        var shuffle = new Shuffle(1234567);

        // When
        List<String> drawn = List.of(
                Long.toUnsignedString(shuffle.next()),
                Long.toUnsignedString(shuffle.next()),
                Long.toUnsignedString(shuffle.next()));

        // Then
        assertThat(drawn).containsExactly("6457827717110365317", "3203168211198807973", "9817491932198370423");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void equalImagesStayTogetherWhateverTheirLabel(long seed) throws Exception {
        for (Split.Mode mode : Split.Mode.values()) {
            equalImagesStayTogether(mode, seed);
        }
    }

    private static void equalImagesStayTogether(Split.Mode mode, long seed) throws Exception {
        // Given 100 images of which 1, 2 and 3 are the same picture, and so are 10 and 61
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            int picture = i == 2 || i == 3 ? 1 : i == 61 ? 10 : i;
            files.put(entry(i), ("picture " + picture).getBytes(UTF_8));
        }
        ImageSet set = new MemorySet(files);

        // When
        Split split = Split.of(set, mode, seed);

        // Then
        assertThat(split.train()).hasSize(64);
        assertThat(split.validation()).hasSize(16);
        assertThat(split.test()).hasSize(20);
        for (List<Integer> alike : List.of(List.of(1, 2, 3), List.of(10, 61))) {
            assertThat(List.of(split.train(), split.validation(), split.test()))
                    .filteredOn(part -> part.stream()
                            .anyMatch(example ->
                                    alike.stream().anyMatch(i -> example.entry().equals(entry(i)))))
                    .hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0} images (spec/models.md 5.2)")
    @CsvSource({"24959, 15973, 3994, 4992", "25000, 16000, 4000, 5000", "101, 64, 16, 21", "10, 6, 2, 2"})
    void stratifiedPartsHaveTheSameSizesAndEachClassInItsShare(int images, int train, int validation, int test)
            throws Exception {
        // Given an a for every three b
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < images; i++) {
            files.put("%s/%05d.jpg".formatted(i % 4 == 0 ? "a" : "b", i), ("picture " + i).getBytes(UTF_8));
        }
        ImageSet set = new MemorySet(files);
        double share = Math.ceilDiv(images, 4) / (double) images;

        // When
        Split split = Split.of(set, Split.Mode.STRATIFIED, 5);

        // Then
        assertThat(split.train()).hasSize(train);
        assertThat(split.validation()).hasSize(validation);
        assertThat(split.test()).hasSize(test);
        Set<Example> all = new HashSet<>();
        for (List<Example> part : List.of(split.train(), split.validation(), split.test())) {
            long a =
                    part.stream().filter(example -> example.label().equals("a")).count();
            assertThat((double) a).isCloseTo(share * part.size(), within(1.5));
            all.addAll(part);
        }
        assertThat(all).hasSize(images);
        // Shuffled: the first of a part are of both classes.
        assertThat(split.train().subList(0, Math.min(20, train)).stream().map(Example::label))
                .contains("a", "b");
    }

    /// Pinned, as the random one.
    @Test
    void aSeedGivesTheSameStratifiedSplitForever() throws Exception {
        // Given
        ImageSet set = distinct(15);

        // When
        Split split = Split.of(set, Split.Mode.STRATIFIED, 42);

        // Then
        assertThat(names(split.test())).isEqualTo("09 08 06");
        assertThat(names(split.validation())).isEqualTo("13 00 04");
        assertThat(names(split.train())).isEqualTo("10 07 11 05 02 14 12 01 03");
    }

    @ParameterizedTest
    @CsvSource({"10, 3 3 4, 3 3 4", "1, 5 5, 1 0", "5, 1 2 4, 1 1 3", "7, 1 1 1 11, 1 1 0 5", "0, 4 4, 0 0"})
    void sharesAreLargestRemainders(int total, String weights, String shares) {
        // When
        int[] dealt = Shares.of(total, numbers(weights));

        // Then
        assertThat(dealt).isEqualTo(numbers(shares));
    }

    private static int[] numbers(String text) {
        return Stream.of(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void equalFingerprintsOfDifferentBytesAreNoDuplicates() throws Exception {
        // Given two texts with the same CRC-32
        Map<String, byte[]> files = new TreeMap<>();
        files.put("a/1.jpg", "plumless".getBytes(UTF_8));
        files.put("b/1.jpg", "buckeroo".getBytes(UTF_8));
        ImageSet set = new MemorySet(files);

        // When
        List<List<Example>> groups = Duplicates.groups(set);

        // Then
        assertThat(set.fingerprint(set.examples().get(0)))
                .isEqualTo(set.fingerprint(set.examples().get(1)));
        assertThat(groups).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Split.Mode.class)
    void whatIsReservedForTestsIsTheTestSplitWithItsCopies(Split.Mode mode) throws Exception {
        // Given 100 images of which 90 to 99 are reserved and 3 is a copy of 95
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            files.put(entry(i), ("picture " + (i == 3 ? 95 : i)).getBytes(UTF_8));
        }
        Set<Example> test = reserved(90, 100);

        // When
        Split split = Split.of(new MemorySet(files, new Reserved(Set.of(), test)), mode, 1);

        // Then
        assertThat(split.test()).hasSize(11).containsAll(test).contains(new Example(entry(3), "b"));
        assertThat(split.validation()).hasSize(18);
        assertThat(split.train()).hasSize(71).doesNotContainAnyElementsOf(split.validation());
        assertThat(split.train()).doesNotContainAnyElementsOf(split.test());
    }

    @ParameterizedTest
    @CsvSource({
        "RANDOM, true, 79, 11, 10",
        "STRATIFIED, true, 79, 11, 10",
        "RANDOM, false, 71, 11, 18",
        "STRATIFIED, false, 71, 11, 18"
    })
    void whatIsReservedForValidationIsTheValidationSplitWithItsCopies(
            Split.Mode mode, boolean hasTest, int train, int validation, int test) throws Exception {
        // Given 100 images of which 80 to 89 are for validation, maybe 90 to 99 for tests and 3 is a copy of 85
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            files.put(entry(i), ("picture " + (i == 3 ? 85 : i)).getBytes(UTF_8));
        }
        Reserved reserved = new Reserved(reserved(80, 90), hasTest ? reserved(90, 100) : Set.of());

        // When
        Split split = Split.of(new MemorySet(files, reserved), mode, 1);

        // Then
        assertThat(split.train()).hasSize(train).doesNotContainAnyElementsOf(split.test());
        assertThat(split.validation())
                .hasSize(validation)
                .containsAll(reserved.validation())
                .contains(new Example(entry(3), "b"));
        assertThat(split.test()).hasSize(test).containsAll(reserved.test());
        assertThat(split.train()).doesNotContainAnyElementsOf(split.validation());
    }

    @Test
    void aValidationImageWithACopyAmongTheTestImagesIsATestImage() throws Exception {
        // Given
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            files.put(entry(i), ("picture " + (i == 7 ? 9 : i)).getBytes(UTF_8));
        }
        Reserved reserved = new Reserved(reserved(6, 8), reserved(8, 10));

        // When
        Split split = Split.of(new MemorySet(files, reserved), Split.Mode.RANDOM, 1);

        // Then
        assertThat(split.validation()).containsExactlyElementsOf(reserved(6, 7));
        assertThat(split.test()).hasSize(3).containsAll(reserved(7, 10));
        assertThat(split.train()).hasSize(6);
    }

    @Test
    void aSubsetOfReservedImagesAloneIsNotTrainedOn() throws Exception {
        // Given a set whose only two unreserved images are left out
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            files.put(entry(i), ("picture " + i).getBytes(UTF_8));
        }
        ImageSet whole = new MemorySet(files, new Reserved(Set.of(), reserved(2, 10)));
        ImageSet rest = new Subset(
                whole,
                whole.examples().stream().filter(whole.reserved()::contains).toList(),
                List.of());

        // When
        var attempt = assertThatThrownBy(() -> Split.of(rest, Split.Mode.RANDOM, 1));

        // Then
        attempt.isInstanceOf(DataSetException.class)
                .hasMessage("too few images to split beside the 8 reserved: 0, needed are 2 or more");
    }

    private static Set<Example> reserved(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Example(entry(i), i % 2 == 0 ? "a" : "b"))
                .collect(Collectors.toSet());
    }

    @Test
    void tooFewImagesBesideTheReservedOnesAreNamed() {
        // Given
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            files.put(entry(i), ("picture " + i).getBytes(UTF_8));
        }
        Set<Example> test = reserved(1, 5);

        // When
        var attempt = assertThatThrownBy(() ->
                Split.of(new MemorySet(files, new Reserved(Set.of(), test)), Split.Mode.RANDOM, 1));

        // Then
        attempt.isInstanceOf(DataSetException.class)
                .hasMessage("too few images to split beside the 4 reserved: 1, needed are 2 or more");
    }

    @Test
    void tooFewImagesAreNamed() {
        // Given
        ImageSet set = distinct(2);

        // When
        var attempt = assertThatThrownBy(() -> Split.of(set, Split.Mode.RANDOM, 1));

        // Then
        attempt.isInstanceOf(DataSetException.class).hasMessage("too few images to split: 2, needed are 3 or more");
    }

    @Test
    void aSubsetIsBalancedSeededAndASetOfItsOwn() throws Exception {
        // Given 60 images of a and 20 of b
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 80; i++) {
            files.put((i < 60 ? "a/" : "b/") + i + ".jpg", ("picture " + i).getBytes(UTF_8));
        }
        ImageSet whole = new MemorySet(files);

        // When
        ImageSet thirty = Subset.of(whole, 30, 7);

        // Then
        assertThat(thirty.examples())
                .hasSize(30)
                .isSortedAccordingTo((x, y) -> x.entry().compareTo(y.entry()));
        assertThat(thirty.examples())
                .filteredOn(example -> example.label().equals("b"))
                .hasSize(15);
        assertThat(Subset.of(whole, 30, 7).examples()).isEqualTo(thirty.examples());
        assertThat(Subset.of(whole, 30, 8).examples()).isNotEqualTo(thirty.examples());
        assertThat(thirty.sha256()).isNotEqualTo(whole.sha256());
        assertThat(Subset.of(whole, 50, 7).examples())
                .filteredOn(example -> example.label().equals("b"))
                .hasSize(20);
        assertThat(Subset.of(whole, 80, 7)).isSameAs(whole);
        assertThatThrownBy(() -> Subset.of(whole, 1, 7)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalImagesWithDifferentLabelsAreContradictions() throws Exception {
        // Given two pairs of copies, one of them within a class
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            files.put((i < 4 ? "a/" : "b/") + i + ".jpg", ("picture " + i).getBytes(UTF_8));
        }
        files.put("a/copy.jpg", files.get("a/0.jpg"));
        files.put("b/copy.jpg", files.get("a/1.jpg"));

        // When
        List<List<Example>> contradictions = Duplicates.contradictions(new MemorySet(files));

        // Then
        assertThat(contradictions)
                .containsExactly(List.of(new Example("a/1.jpg", "a"), new Example("b/copy.jpg", "b")));
    }

    private static String entry(int i) {
        return "%s/%05d.jpg".formatted(i % 2 == 0 ? "a" : "b", i);
    }

    private static String names(List<Example> examples) {
        List<String> names = new ArrayList<>();
        examples.forEach(example -> names.add(example.entry().substring(5, 7)));
        return String.join(" ", names);
    }

    private static ImageSet distinct(int images) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < images; i++) {
            files.put(entry(i), ("picture " + i).getBytes(UTF_8));
        }
        return new MemorySet(files);
    }

    /// A set that lives in the test; entries are `label/name`.
    private record MemorySet(Map<String, byte[]> files, Reserved reserved) implements ImageSet {
        MemorySet(Map<String, byte[]> files) {
            this(files, Reserved.NONE);
        }

        @Override
        public List<Example> examples() {
            return files.keySet().stream()
                    .map(entry -> new Example(entry, entry.substring(0, entry.indexOf('/'))))
                    .toList();
        }

        @Override
        public List<String> labels() {
            return List.of("a", "b");
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public byte[] read(Example example) throws IOException {
            return files.get(example.entry());
        }

        @Override
        public Fingerprint fingerprint(Example example) {
            return Fingerprint.of(files.get(example.entry()));
        }

        @Override
        public void close() {}
    }
}

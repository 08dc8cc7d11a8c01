package io.caracal.datasets;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// 64 % for training, 16 % for validation, 20 % held out (spec/models.md 5.2): a fifth of all, rounded up, is the test
/// split; a fifth of the rest, rounded up, the validation split. Images with the same bytes stay together, so that no
/// test image was trained on. The same images and seed give the same split on every machine and JDK.
///
/// Where the data set has images [reserved][ImageSet#reserved] for tests or validation, those are that split and only
/// the rest is dealt out, a fifth of it to the split that is still missing.
///
/// @param train in shuffled order, as are the others
public record Split(List<Example> train, List<Example> validation, List<Example> test) {

    public Split {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /// How images are dealt out.
    public enum Mode {
        /// By chance alone, as in the post.
        RANDOM,
        /// So that every part has each class in its share of the whole, as exactly as the sizes allow.
        STRATIFIED;

        /// For people: `random`, `stratified`.
        public static Optional<Mode> named(String name) {
            return Stream.of(values()).filter(mode -> mode.label().equals(name)).findFirst();
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @throws DataSetException if there are too few images for three splits
    public static Split of(ImageSet set, Mode mode, long seed) throws IOException {
        Shuffle shuffle = new Shuffle(seed);
        Reserved reserved = set.reserved();
        List<List<Example>> rest = new ArrayList<>(Duplicates.groups(set));
        // A copy of a test image is a test image too: it is not trained on, and no epoch is chosen by it.
        List<Example> test = shuffle.of(taken(reserved.test(), rest));
        List<Example> validation = shuffle.of(taken(reserved.validation(), rest));
        int images = rest.stream().mapToInt(List::size).sum();
        int needed = 1 + (test.isEmpty() ? 1 : 0) + (validation.isEmpty() ? 1 : 0);
        if (images < needed) {
            int apart = test.size() + validation.size();
            throw new DataSetException("too few images to split%s: %d, needed are %d or more"
                    .formatted(apart == 0 ? "" : " beside the %,d reserved".formatted(apart), images, needed));
        }
        return dealt(set, rest, Sizes.of(images, validation.isEmpty(), test.isEmpty()), mode, shuffle)
                .and(new Split(List.of(), validation, test));
    }

    /// Takes away the groups with such an image.
    private static List<Example> taken(Set<Example> images, List<List<Example>> groups) {
        List<Example> taken = new ArrayList<>();
        groups.removeIf(group -> {
            boolean reserved = group.stream().anyMatch(images::contains);
            if (reserved) {
                taken.addAll(group);
            }
            return reserved;
        });
        return taken;
    }

    private static Split dealt(ImageSet set, List<List<Example>> groups, Sizes sizes, Mode mode, Shuffle shuffle) {
        return switch (mode) {
            case RANDOM -> dealt(shuffle.of(groups), sizes);
            case STRATIFIED -> stratified(set, groups, sizes, shuffle);
        };
    }

    private static Split dealt(List<List<Example>> groups, Sizes sizes) {
        var train = new Part(sizes.train());
        var validation = new Part(sizes.validation());
        var test = new Part(sizes.test());
        List<Part> inOrder = List.of(test, validation, train);
        for (List<Example> group : groups) {
            inOrder.stream()
                    .filter(part -> part.room() >= group.size())
                    .findFirst()
                    // Only a group larger than every gap left over lands here; the sizes then miss their aim by it.
                    .orElseGet(() -> inOrder.stream()
                            .max(Comparator.comparingInt(Part::room))
                            .orElseThrow())
                    .examples
                    .addAll(group);
        }
        return new Split(train.examples, validation.examples, test.examples);
    }

    /// Each class is dealt on its own and the parts are shuffled together. A group with several labels, which is
    /// mislabelled somewhere, counts for its first.
    private static Split stratified(ImageSet set, List<List<Example>> groups, Sizes sizes, Shuffle shuffle) {
        Map<String, List<List<Example>>> byLabel =
                groups.stream().collect(groupingBy(group -> group.getFirst().label()));
        List<List<List<Example>>> classes = set.labels().stream()
                .map(label -> byLabel.getOrDefault(label, List.of()))
                .toList();
        int[] images = classes.stream()
                .mapToInt(of -> of.stream().mapToInt(List::size).sum())
                .toArray();
        int[] test = Shares.of(sizes.test(), images);
        int[] rest =
                IntStream.range(0, images.length).map(c -> images[c] - test[c]).toArray();
        int[] validation = Shares.of(sizes.validation(), rest);
        Split all = new Split(List.of(), List.of(), List.of());
        for (int c = 0; c < images.length; c++) {
            var ofClass = new Sizes(rest[c] - validation[c], validation[c], test[c]);
            all = all.and(dealt(shuffle.of(classes.get(c)), ofClass));
        }
        return new Split(shuffle.of(all.train), shuffle.of(all.validation), shuffle.of(all.test));
    }

    private Split and(Split other) {
        return new Split(joined(train, other.train), joined(validation, other.validation), joined(test, other.test));
    }

    private static List<Example> joined(List<Example> first, List<Example> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /// How many images each part has.
    public record Sizes(int train, int validation, int test) {

        public static Sizes of(int images) {
            return of(images, true, true);
        }

        private static Sizes of(int images, boolean needsValidation, boolean needsTest) {
            int test = needsTest ? fifth(images) : 0;
            int validation = needsValidation ? fifth(images - test) : 0;
            return new Sizes(images - test - validation, validation, test);
        }

        /// `ceil(n / 5)` in integers.
        private static int fifth(int n) {
            return (n + 4) / 5;
        }
    }

    private static final class Part {
        private final int size;
        private final List<Example> examples = new ArrayList<>();

        private Part(int size) {
            this.size = size;
        }

        private int room() {
            return size - examples.size();
        }
    }
}

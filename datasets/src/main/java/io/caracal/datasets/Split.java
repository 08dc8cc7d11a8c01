package io.caracal.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// 64 % for training, 16 % for validation, 20 % held out (spec/models.md 5.2): a fifth of all, rounded up, is the test
/// split; a fifth of the rest, rounded up, the validation split. Images with the same bytes stay together, so that no
/// test image was trained on. The same images and seed give the same split on every machine and JDK.
///
/// @param train in shuffled order, as are the others
public record Split(List<Example> train, List<Example> validation, List<Example> test) {

    public Split {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /// @throws DataSetException if there are too few images for three splits
    public static Split of(ImageSet set, long seed) throws IOException {
        Sizes sizes = Sizes.of(set.examples().size());
        if (sizes.train() < 1) {
            throw new DataSetException(
                    "too few images to split: " + set.examples().size() + ", needed are 3 or more");
        }
        var train = new Part(sizes.train());
        var validation = new Part(sizes.validation());
        var test = new Part(sizes.test());
        List<Part> inOrder = List.of(test, validation, train);
        for (List<Example> group : new Shuffle(seed).of(Duplicates.groups(set))) {
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

    /// How many images each part has.
    public record Sizes(int train, int validation, int test) {

        public static Sizes of(int images) {
            int test = fifth(images);
            int validation = fifth(images - test);
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

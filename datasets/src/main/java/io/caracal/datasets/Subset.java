package io.caracal.datasets;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A part of another set. Closing it closes the set that it was taken from.
public final class Subset implements ImageSet {
    private final ImageSet whole;
    private final List<Example> examples;
    private final List<Skipped> skipped;

    /// @param examples of the whole, ordered by entry
    /// @param skipped what the whole skips and what is left out with a reason
    Subset(ImageSet whole, List<Example> examples, List<Skipped> skipped) {
        this.whole = whole;
        this.examples = List.copyOf(examples);
        this.skipped = List.copyOf(skipped);
    }

    /// A part that is balanced by class: classes take turns, each giving its images in a seeded order, until the limit
    /// is reached. The set itself when the limit leaves nothing out.
    ///
    /// @param limit how many images at most; at least one per class
    public static ImageSet of(ImageSet whole, int limit, long seed) {
        if (limit < whole.labels().size()) {
            throw new IllegalArgumentException("limit is " + limit + ", allowed is the number of classes ("
                    + whole.labels().size() + ") or more");
        }
        if (limit >= whole.examples().size()) {
            return whole;
        }
        Shuffle shuffle = new Shuffle(seed);
        Map<String, List<Example>> byLabel = whole.examples().stream().collect(groupingBy(Example::label));
        List<List<Example>> queues = whole.labels().stream()
                .map(label -> shuffle.of(byLabel.get(label)))
                .toList();
        List<Example> chosen = new ArrayList<>(limit);
        for (int turn = 0; chosen.size() < limit; turn++) {
            for (List<Example> queue : queues) {
                if (turn < queue.size() && chosen.size() < limit) {
                    chosen.add(queue.get(turn));
                }
            }
        }
        chosen.sort(Comparator.comparing(Example::entry));
        return new Subset(whole, chosen, whole.skipped());
    }

    @Override
    public List<Example> examples() {
        return examples;
    }

    @Override
    public List<String> labels() {
        return whole.labels();
    }

    @Override
    public List<Skipped> skipped() {
        return skipped;
    }

    @Override
    public Reserved reserved() {
        return whole.reserved().among(examples);
    }

    @Override
    public byte[] read(Example example) throws IOException {
        return whole.read(example);
    }

    @Override
    public Fingerprint fingerprint(Example example) throws IOException {
        return whole.fingerprint(example);
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}

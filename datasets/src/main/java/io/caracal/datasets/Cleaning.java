package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.datasets.ImageSet.Skipped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which images of a data set count as bad (spec/models.md 5.4). Nothing is ever deleted: what a rule leaves out is
/// [skipped][ImageSet#skipped] with the reason.
public enum Cleaning {
    /// Only what cannot be decoded.
    DECODE,
    /// Also what has no text `JFIF` in its first 512 bytes: what TensorFlow Datasets leaves out of `cats_vs_dogs`.
    JFIF512,
    /// Also what has no text `JFIF` in its first 4,096 bytes: what the Keras example and Hugging Face leave out.
    JFIF4096;

    private static final byte[] MARKER = "JFIF".getBytes(US_ASCII);

    /// For people: `decode`, `jfif512`, `jfif4096`.
    public static Optional<Cleaning> named(String name) {
        return Stream.of(values()).filter(rule -> rule.label().equals(name)).findFirst();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The images that this rule leaves; the set itself under [#DECODE], which is applied where images are decoded.
    /// Reads every image otherwise.
    ///
    /// @throws DataSetException if no image of a class is left
    public ImageSet of(ImageSet set) throws IOException {
        return switch (this) {
            case DECODE -> set;
            case JFIF512 -> marked(set, 512);
            case JFIF4096 -> marked(set, 4_096);
        };
    }

    private ImageSet marked(ImageSet set, int peek) throws IOException {
        List<Example> kept = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(set.skipped());
        Set<String> missing = new HashSet<>(set.labels());
        for (Example example : set.examples()) {
            Optional<String> refusal = refusal(set, example, peek);
            if (refusal.isPresent()) {
                skipped.add(new Skipped(example.entry(), refusal.get()));
            } else {
                kept.add(example);
                missing.remove(example.label());
            }
        }
        if (!missing.isEmpty()) {
            throw new DataSetException("the cleaning rule " + label() + " leaves no image of "
                    + String.join(", ", missing.stream().sorted().toList()));
        }
        skipped.sort(Comparator.comparing(Skipped::entry));
        return new Subset(set, kept, skipped);
    }

    private Optional<String> refusal(ImageSet set, Example example, int peek) {
        byte[] bytes;
        try {
            bytes = set.read(example);
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
        return hasMarker(bytes, Math.min(peek, bytes.length))
                ? Optional.empty()
                : Optional.of("no JFIF in its first " + peek + " bytes (cleaning rule " + label() + ")");
    }

    private static boolean hasMarker(byte[] bytes, int end) {
        for (int at = 0; at + MARKER.length <= end; at++) {
            if (Arrays.equals(bytes, at, at + MARKER.length, MARKER, 0, MARKER.length)) {
                return true;
            }
        }
        return false;
    }
}

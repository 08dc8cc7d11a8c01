package io.caracal.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds images with the same bytes, whatever their names and labels.
public final class Duplicates {

    private Duplicates() {}

    /// All examples, each in exactly one group of equal images; groups and members in the order of `examples()`.
    static List<List<Example>> groups(ImageSet set) throws IOException {
        Map<Fingerprint, List<List<Example>>> groups = new LinkedHashMap<>();
        for (Example example : set.examples()) {
            List<List<Example>> alike =
                    groups.computeIfAbsent(set.fingerprint(example), fingerprint -> new ArrayList<>(1));
            equalGroup(set, alike, example).add(example);
        }
        return groups.values().stream().flatMap(List::stream).toList();
    }

    /// The groups whose members do not all have the same label: some of these labels must be wrong.
    public static List<List<Example>> contradictions(ImageSet set) throws IOException {
        return groups(set).stream()
                .filter(group -> group.stream().map(Example::label).distinct().count() > 1)
                .map(List::copyOf)
                .toList();
    }

    /// Equal fingerprints are only a hint: the bytes decide.
    private static List<Example> equalGroup(ImageSet set, List<List<Example>> alike, Example example)
            throws IOException {
        for (List<Example> group : alike) {
            if (Arrays.equals(set.read(group.getFirst()), set.read(example))) {
                return group;
            }
        }
        List<Example> fresh = new ArrayList<>(1);
        alike.add(fresh);
        return fresh;
    }
}

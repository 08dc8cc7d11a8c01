package io.caracal.quickstart;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.caracal.datasets.ImageSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a data set does not use, in one line.
final class Skipped {
    private static final int NAMES = 3;

    private Skipped() {}

    /// How many files, and for each reason the first names: `3 files: empty file (Cat/666.jpg), ...`.
    static String summary(List<ImageSet.Skipped> skipped) {
        Map<String, List<ImageSet.Skipped>> byReason =
                skipped.stream().collect(groupingBy(ImageSet.Skipped::reason, TreeMap::new, Collectors.toList()));
        return skipped.size() + " files: "
                + byReason.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + names(entry.getValue()) + ")")
                        .collect(joining(", "));
    }

    private static String names(List<ImageSet.Skipped> files) {
        String first = files.stream().limit(NAMES).map(ImageSet.Skipped::entry).collect(joining(", "));
        return files.size() > NAMES ? first + " and " + (files.size() - NAMES) + " more" : first;
    }
}

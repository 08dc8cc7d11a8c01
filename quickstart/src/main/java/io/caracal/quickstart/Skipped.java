package io.caracal.quickstart;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.caracal.datasets.ImageSet;
import java.util.List;
import java.util.TreeMap;

/// What a data set does not use, in one line.
final class Skipped {
    private static final int NAMES = 3;

    private Skipped() {}

    /// The number of files per reason, with the first names: `2 files: empty file (Cat/666.jpg, Dog/11702.jpg)`.
    static String summary(List<ImageSet.Skipped> skipped) {
        return skipped.stream()
                .collect(groupingBy(ImageSet.Skipped::reason, TreeMap::new, joiningNames()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(joining("; "));
    }

    private static java.util.stream.Collector<ImageSet.Skipped, ?, String> joiningNames() {
        return java.util.stream.Collectors.collectingAndThen(java.util.stream.Collectors.toList(), files -> {
            String first =
                    files.stream().limit(NAMES).map(ImageSet.Skipped::entry).collect(joining(", "));
            return files.size() > NAMES ? first + " and " + (files.size() - NAMES) + " more" : first;
        });
    }
}

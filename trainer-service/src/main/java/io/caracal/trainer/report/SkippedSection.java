package io.caracal.trainer.report;

import io.caracal.datasets.ImageSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Images that were not used, by reason.
final class SkippedSection {
    private static final int EXAMPLES = 50;

    private SkippedSection() {}

    static Element of(List<ImageSet.Skipped> skipped) {
        if (skipped.isEmpty()) {
            return Sections.section("Images left out", Element.text("p", "None."));
        }
        Map<String, Long> reasons =
                skipped.stream().collect(Collectors.groupingBy(ImageSet.Skipped::reason, Collectors.counting()));
        return Sections.section(
                "Images left out",
                Sections.table(
                        List.of("reason", "images"),
                        reasons.entrySet().stream()
                                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                                .map(reason -> List.of(reason.getKey(), Numbers.count(reason.getValue())))
                                .toList()),
                Sections.folded(
                        skipped.size() > EXAMPLES ? "The first " + EXAMPLES + " of them" : "All of them",
                        Sections.table(
                                List.of("image", "reason"),
                                skipped.stream()
                                        .limit(EXAMPLES)
                                        .map(image -> List.of(image.entry(), image.reason()))
                                        .toList())));
    }
}

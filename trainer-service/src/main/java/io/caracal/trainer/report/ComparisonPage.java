package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The page of a comparison.
public final class ComparisonPage {
    private ComparisonPage() {}

    /// One HTML file in UTF-8 that opens offline.
    public static byte[] html(Comparison comparison) {
        List<String> names = comparison.titles();
        List<Element> sections = new ArrayList<>();
        comparison
                .warnings()
                .forEach(warning -> sections.add(
                        Element.of("section").with("class", "warning").add(Element.text("p", "Warning: " + warning))));
        sections.add(Sections.section(
                "Side by side",
                Sections.table(
                                Stream.concat(Stream.of("figure"), names.stream())
                                        .toList(),
                                comparison.rows().stream()
                                        .map(row -> Stream.concat(
                                                        Stream.of(row.name().strip()), row.values().stream())
                                                .toList())
                                        .toList())
                        .with("class", "scroll compared")));
        Element charts = Element.of("div").with("class", "charts");
        charts(comparison, names).forEach(charts::add);
        sections.add(Sections.section("Charts", charts));
        return new Page("Comparison of " + names.size() + " models").html(String.join(", ", names), sections);
    }

    private static List<Element> charts(Comparison comparison, List<String> names) {
        List<Element> charts = new ArrayList<>();
        chart(comparison, names, "Test accuracy", true, run -> run.test().map(ComparedRun.Test::accuracy))
                .ifPresent(charts::add);
        chart(comparison, names, "Parameters", false, run -> run.cost().map(cost -> (double) cost.parameters()))
                .ifPresent(charts::add);
        chart(comparison, names, "MACs per image", false, run -> run.cost().map(cost -> (double) cost.macs()))
                .ifPresent(charts::add);
        chart(
                        comparison,
                        names,
                        "Training images/s",
                        false,
                        run -> Optional.of(run.imagesPerSecond())
                                .filter(rate -> rate.isPresent())
                                .map(rate -> rate.getAsDouble()))
                .ifPresent(charts::add);
        if (!comparison.speeds().isEmpty()) {
            charts.add(bars(
                    names,
                    "Scoring images/s",
                    false,
                    comparison.speeds().stream()
                            .map(speed -> Optional.of(speed.imagesPerSecond()))
                            .toList()));
            charts.add(bars(
                    names,
                    "Latency of one image in ms",
                    false,
                    comparison.speeds().stream()
                            .map(speed -> Optional.of(speed.latencyMillis()))
                            .toList()));
        }
        return charts;
    }

    private static Optional<Element> chart(
            Comparison comparison,
            List<String> names,
            String title,
            boolean percent,
            Function<ComparedRun, Optional<Double>> figure) {
        List<Optional<Double>> values = comparison.runs().stream().map(figure).toList();
        return values.stream().anyMatch(Optional::isPresent)
                ? Optional.of(bars(names, title, percent, values))
                : Optional.empty();
    }

    private static Element bars(List<String> names, String title, boolean percent, List<Optional<Double>> values) {
        return new Chart(
                        title,
                        names,
                        "",
                        title,
                        List.of(new Chart.Series(title, Chart.Kind.BAR, values)),
                        Optional.of(0.0),
                        percent ? Optional.of(1.0) : Optional.empty(),
                        percent,
                        true)
                .figure(title);
    }
}

package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A chart as `charts.js` draws it.
///
/// @param title what a person who cannot see it is told
/// @param x labels of the places on the horizontal axis
/// @param yMin of the axis; what the values need when absent
/// @param percent whether values are shares, shown as percentages
/// @param horizontal whether bars lie
record Chart(
        String title,
        List<String> x,
        String xTitle,
        String yTitle,
        List<Series> series,
        Optional<Double> yMin,
        Optional<Double> yMax,
        boolean percent,
        boolean horizontal) {

    /// @param kind how it is drawn
    /// @param values one per place, absent where there is none
    record Series(String name, Kind kind, List<Optional<Double>> values) {

        static Series line(String name, List<Double> values) {
            return new Series(name, Kind.LINE, values.stream().map(Optional::of).toList());
        }
    }

    enum Kind {
        LINE,
        BAR,
        /// A thin line to compare with.
        REFERENCE
    }

    /// Lines over the epochs.
    static Chart epochs(String title, String yTitle, boolean percent, List<Series> series) {
        int epochs = series.getFirst().values().size();
        List<String> x =
                IntStream.rangeClosed(1, epochs).mapToObj(String::valueOf).toList();
        return new Chart(title, x, "epoch", yTitle, series, Optional.empty(), Optional.empty(), percent, false);
    }

    /// The same, with an axis that begins at 0.
    Chart fromZero() {
        return new Chart(title, x, xTitle, yTitle, series, Optional.of(0.0), yMax, percent, horizontal);
    }

    /// A figure with the chart in it, to which its caption tells what it shows.
    Element figure(String caption) {
        Element canvas = Element.text("canvas", title)
                .with("role", "img")
                .with("aria-label", title)
                .with("data-chart", new String(Json.write(this), UTF_8));
        return Element.of("figure", Element.of("div", canvas).with("class", horizontal ? "chart bars" : "chart"))
                .add(Element.text("figcaption", caption));
    }
}

package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Points in a plane, by label.
public final class ScatterPage {
    private ScatterPage() {}

    /// @param name what is shown of it under the mouse
    public record Point(double x, double y, String label, String name) {}

    /// @param value as text
    public record Figure(String name, String value, String note) {}

    /// @param series points of one label
    record Scatter(List<Series> series, String xTitle, String yTitle) {
        record Series(String name, List<Place> points) {}

        record Place(double x, double y, String name) {}
    }

    /// One HTML file in UTF-8 that opens offline.
    ///
    /// @param caption what the picture shows
    public static byte[] html(
            String title,
            String subtitle,
            List<Figure> figures,
            List<Point> points,
            String xTitle,
            String yTitle,
            String caption) {
        Map<String, List<Scatter.Place>> byLabel = new LinkedHashMap<>();
        points.forEach(point -> byLabel.computeIfAbsent(point.label(), _ -> new ArrayList<>())
                .add(new Scatter.Place(point.x(), point.y(), point.name())));
        Scatter scatter = new Scatter(
                byLabel.entrySet().stream()
                        .map(entry -> new Scatter.Series(entry.getKey(), entry.getValue()))
                        .toList(),
                xTitle,
                yTitle);
        Element canvas = Element.text("canvas", caption)
                .with("role", "img")
                .with("aria-label", caption)
                .with("data-scatter", new String(Json.write(scatter), UTF_8));
        Element figure = Element.of("figure", Element.of("div", canvas).with("class", "chart scatter"))
                .add(Element.text("figcaption", caption));
        return new Page(title)
                .html(
                        subtitle,
                        List.of(
                                Sections.tiles(figures.stream()
                                        .map(tile -> new Sections.Tile(tile.name(), tile.value(), tile.note()))
                                        .toList()),
                                figure));
    }
}

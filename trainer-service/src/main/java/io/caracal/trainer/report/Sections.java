package io.caracal.trainer.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parts that pages are made of.
final class Sections {
    private Sections() {}

    static Element section(String heading, Element... content) {
        return Element.of("section", Element.text("h2", heading)).add(content);
    }

    /// The figures that a reader wants first, large.
    ///
    /// @param figures value and explanation by name
    static Element tiles(List<Tile> figures) {
        Element list = Element.of("dl").with("class", "tiles");
        figures.forEach(tile -> list.add(Element.of(
                "div",
                Element.text("dt", tile.name()),
                Element.text("dd", tile.value()),
                Element.text("dd", tile.note()).with("class", "note"))));
        return list;
    }

    record Tile(String name, String value, String note) {}

    /// A table whose first column names the row; the others hold numbers.
    static Element table(List<String> headings, List<List<String>> rows) {
        Element head = Element.of("tr");
        headings.forEach(heading -> head.add(Element.text("th", heading).with("scope", "col")));
        Element body = Element.of("tbody");
        rows.forEach(row -> {
            Element line = Element.of("tr", Element.text("th", row.getFirst()).with("scope", "row"));
            row.subList(1, row.size()).forEach(cell -> line.add(Element.text("td", cell)));
            body.add(line);
        });
        return Element.of("div", Element.of("table", Element.of("thead", head), body))
                .with("class", "scroll");
    }

    /// Names and what they stand for.
    static Element facts(Map<String, String> facts) {
        Element body = Element.of("tbody");
        facts.forEach((name, value) ->
                body.add(Element.of("tr", Element.text("th", name).with("scope", "row"), Element.text("td", value))));
        return Element.of("div", Element.of("table", body).with("class", "facts"))
                .with("class", "scroll");
    }

    /// What is shown once a reader asks for it.
    static Element folded(String summary, Element content) {
        return Element.of("details", Element.text("summary", summary), content);
    }

    static Map<String, String> facts() {
        return new LinkedHashMap<>();
    }
}

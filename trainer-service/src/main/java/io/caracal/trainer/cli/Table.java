package io.caracal.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Rows of cells, as text for a terminal or as Markdown. A column in which no row has anything is left out.
///
/// @param <R> what a row shows
final class Table<R> {

    private record Column<R>(String heading, boolean number, Function<R, String> cell) {

        /// Heading and cells, all equally wide.
        List<String> padded(List<R> rows) {
            List<String> cells = new ArrayList<>(rows.stream().map(cell).toList());
            cells.addFirst(heading);
            int width = cells.stream().mapToInt(String::length).max().orElseThrow();
            cells.replaceAll(text ->
                    number ? " ".repeat(width - text.length()) + text : text + " ".repeat(width - text.length()));
            return cells;
        }

        String rule() {
            return number ? "---:" : "---";
        }
    }

    private final List<Column<R>> columns = new ArrayList<>();

    /// A column aligned to the left.
    Table<R> text(String heading, Function<R, String> cell) {
        columns.add(new Column<>(heading, false, cell));
        return this;
    }

    /// A column aligned to the right.
    Table<R> number(String heading, Function<R, String> cell) {
        columns.add(new Column<>(heading, true, cell));
        return this;
    }

    /// Columns as wide as their widest cell, the heading in the first line.
    List<String> plain(List<R> rows) {
        List<List<String>> padded =
                used(rows).stream().map(column -> column.padded(rows)).toList();
        List<String> lines = new ArrayList<>();
        for (int line = 0; line <= rows.size(); line++) {
            int at = line;
            lines.add(String.join(
                            "  ", padded.stream().map(cells -> cells.get(at)).toList())
                    .stripTrailing());
        }
        return lines;
    }

    List<String> markdown(List<R> rows) {
        List<Column<R>> used = used(rows);
        List<String> lines = new ArrayList<>();
        lines.add(row(used.stream().map(Column::heading).toList()));
        lines.add(row(used.stream().map(Column::rule).toList()));
        rows.forEach(row -> lines.add(
                row(used.stream().map(column -> column.cell().apply(row)).toList())));
        return lines;
    }

    private List<Column<R>> used(List<R> rows) {
        return columns.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> !column.cell().apply(row).isEmpty()))
                .toList();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}

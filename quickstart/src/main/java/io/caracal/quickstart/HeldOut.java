package io.caracal.quickstart;

import io.caracal.datasets.Example;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The images that the model was not trained on, as the trainer lists them.
final class HeldOut {

    private HeldOut() {}

    /// @param place of the file, a path or a `file:` URI
    static Path file(String place) {
        return place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
    }

    /// @param file one `entry<TAB>label` a line
    static List<Example> read(Path file) throws IOException {
        List<Example> examples = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> example(line, file))
                .toList();
        if (examples.isEmpty()) {
            throw new QuickstartException("the list of held-out images is empty: " + file);
        }
        return examples;
    }

    private static Example example(String line, Path file) {
        int tab = line.lastIndexOf('\t');
        if (tab < 1) {
            throw new QuickstartException("not an entry, a tab and a label in " + file + ": " + line);
        }
        return new Example(line.substring(0, tab), line.substring(tab + 1));
    }
}

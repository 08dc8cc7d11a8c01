package io.caracal.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.datasets.ImageSet;
import io.caracal.trainer.release.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The images that are not used, as a list that other programs read. The images stay where they are.
final class Quarantine {

    private Quarantine() {}

    /// One line per image: entry, tab, reason.
    static void write(Path file, List<ImageSet.Skipped> skipped) throws IOException {
        String lines = skipped.stream()
                .map(image -> image.entry() + "\t" + image.reason() + "\n")
                .collect(Collectors.joining());
        AtomicFiles.write(file, lines.getBytes(UTF_8));
    }
}

package io.caracal.quickstart;

import io.caracal.contracts.Prediction.ScoredLabel;
import io.caracal.datasets.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An image that went through the line, and what the line says it shows.
///
/// @param answer empty if the image was rejected or lost
record StreamedImage(Example image, Optional<ScoredLabel> answer) {

    /// Writes one line per image, as `caracal evaluate --predictions` does: entry, label, predicted label, probability,
    /// tabs between. The last two are empty where there is no answer.
    static void write(Path file, List<StreamedImage> images) throws IOException {
        Files.write(file, images.stream().map(StreamedImage::line).toList());
    }

    private String line() {
        return String.join(
                "\t",
                image.entry(),
                image.label(),
                answer.map(ScoredLabel::label).orElse(""),
                answer.map(best -> String.format(Locale.ROOT, "%.6f", best.probability()))
                        .orElse(""));
    }
}

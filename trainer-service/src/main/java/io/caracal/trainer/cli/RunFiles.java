package io.caracal.trainer.cli;

import io.caracal.contracts.Json;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.report.RunPage;
import io.caracal.trainer.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is written beside a trained model, on the command line.
final class RunFiles {
    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Where the page of the run is written: curves, confusion matrix, calibration, the worst "
                    + "mistakes as pictures, timing, provenance. Default: beside the model, model.html.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where the figures of the run are written. Default: beside the model, model.json.")
    private Optional<Path> json = Optional.empty();

    /// Found out before the training and not after it.
    void requireWritable(Path model) {
        WrittenFile.requireWritable(page(model));
        WrittenFile.requireWritable(figures(model));
    }

    void write(RunReport run, Path model) throws IOException {
        AtomicFiles.write(figures(model), Json.write(run));
        AtomicFiles.write(page(model), RunPage.html(run));
    }

    Path page(Path model) {
        return report.orElseGet(() -> beside(model, ".html"));
    }

    private Path figures(Path model) {
        return json.orElseGet(() -> beside(model, ".json"));
    }

    /// `model.onnx` gives `model.html`.
    private static Path beside(Path model, String extension) {
        String name = model.toAbsolutePath().getFileName().toString();
        int dot = name.lastIndexOf('.');
        return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + extension);
    }
}

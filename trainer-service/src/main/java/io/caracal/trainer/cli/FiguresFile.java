package io.caracal.trainer.cli;

import io.caracal.contracts.Json;
import io.caracal.trainer.release.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What came out, as JSON, on the command line.
final class FiguresFile {
    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures are written.")
    private Optional<Path> file = Optional.empty();

    /// Found out before the work and not after it.
    void requireWritable() {
        file.ifPresent(WrittenFile::requireWritable);
    }

    void write(Object figures) throws IOException {
        if (file.isPresent()) {
            AtomicFiles.write(file.get(), Json.write(figures));
        }
    }
}

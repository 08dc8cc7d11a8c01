package io.caracal.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.datasets.Cleaning;
import io.caracal.datasets.ImageSet;
import io.caracal.trainer.release.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Labelled images on the command line, and what becomes of those that are not used.
final class DataOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "Folder or zip with a folder per label or files named label.N.jpg, a CSV of path,label, "
                    + "or a folder with CIFAR-10's binary files; for pretrain also images in any folders. "
                    + "Class folders in folders test, val, valid or validation are those splits.")
    private Path data;

    @Option(
            names = "--clean",
            paramLabel = "decode|jfif512|jfif4096",
            description =
                    "Which images count as bad: those that cannot be decoded, or also those without JFIF in their "
                            + "first 512 or 4096 bytes. Default: decode; a model's test split has the model's own.")
    private Optional<Cleaning> clean = Optional.empty();

    @Option(
            names = "--quarantine",
            paramLabel = "FILE",
            description = "Where the images that are not used are listed: entry and reason, a tab between.")
    private Optional<Path> quarantine = Optional.empty();

    Path path() {
        return data;
    }

    /// Empty if it was not given.
    Optional<Cleaning> clean() {
        return clean;
    }

    /// Found out before the work and not after it.
    void requireWritable() {
        quarantine.ifPresent(WrittenFile::requireWritable);
    }

    /// Lists the images that are not used, for other programs to read. The images stay where they are.
    void quarantine(List<ImageSet.Skipped> skipped) throws IOException {
        if (quarantine.isPresent()) {
            String lines = skipped.stream()
                    .map(image -> image.entry() + "\t" + image.reason() + "\n")
                    .collect(Collectors.joining());
            AtomicFiles.write(quarantine.get(), lines.getBytes(UTF_8));
        }
    }
}

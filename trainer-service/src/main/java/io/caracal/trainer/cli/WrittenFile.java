package io.caracal.trainer.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// A file that a verb is to write.
final class WrittenFile {
    private WrittenFile() {}

    /// Found out before the work and not after it.
    ///
    /// @throws IllegalArgumentException in one line
    static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException("cannot write " + file + ": no such folder or no access: " + folder);
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("cannot write " + file + ": it is a folder");
        }
    }
}

package io.caracal.trainer.cli;

import io.caracal.trainer.runs.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a verb is to write, tried out before the work and not after it.
final class WrittenFile {
    private WrittenFile() {}

    /// @throws IllegalArgumentException in one line, if no file can be written there
    static void requireWritable(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("cannot write " + file + ": it is a folder, needed is a file name");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException("cannot write " + file + ": it is a device or a pipe, and would be"
                    + " replaced; take the name of a file");
        }
        tryOut(file, file.toAbsolutePath().getParent());
    }

    /// @throws IllegalArgumentException in one line, if there can be no such folder with files in it
    static void requireFolder(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        tryOut(folder, existing);
    }

    /// What a folder allows is known only when it was tried: for root everything looks writable.
    private static void tryOut(Path wanted, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("cannot write " + wanted + ": there is no folder " + folder);
        }
        try {
            Files.delete(Files.createTempFile(folder, ".caracal-", ".tmp"));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot write " + wanted + ": nothing can be written into " + folder + " (" + Failure.reason(e)
                            + "); take another place",
                    e);
        }
    }
}

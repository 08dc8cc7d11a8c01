package io.caracal.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where a run keeps its logs, the broker's data, drawn images and models. One run at a time uses it.
///
/// Logs and broker data are the latest run's; models and drawn images stay.
final class WorkFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private WorkFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /// Claims the folder, creates it if need be and removes what an earlier run left in it.
    ///
    /// @throws QuickstartException if another run uses it, or it cannot be written
    static WorkFolder claim(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel lockFile =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw new QuickstartException(
                        "another run uses " + root + "; stop it, or choose another folder with --work");
            }
            var folder = new WorkFolder(root.toRealPath(), lockFile);
            folder.clean();
            return folder;
        } catch (IOException e) {
            throw new QuickstartException("the work folder " + root + " cannot be used: " + e, e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void clean() throws IOException {
        children().endAll();
        for (Path stale : List.of(logs(), broker())) {
            if (Files.exists(stale)) {
                try (Stream<Path> files = Files.walk(stale)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (Path folder : List.of(logs(), broker(), models(), data())) {
            Files.createDirectories(folder);
        }
        // The broker logs beside its data; all logs are found in one place.
        Files.createSymbolicLink(logs().resolve("broker.log"), Path.of("..", "broker", "broker.log"));
    }

    /// The record of the processes that were started from here.
    ChildRecord children() {
        return new ChildRecord(root.resolve("children"));
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path models() {
        return root.resolve("models");
    }

    Path data() {
        return root.resolve("data");
    }

    @Override
    public void close() {
        try {
            // Gives the lock back, too.
            lockFile.close();
        } catch (IOException e) {
            throw new QuickstartException("the lock of " + root + " cannot be released: " + e, e);
        }
    }
}

package io.caracal.ingest.source;

import io.caracal.ingest.admit.Receipt;
import io.caracal.ingest.source.FolderScan.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Puts the files away that have their receipt, so that each is taken once.
final class FolderFiles {
    private final Path folder;
    private final FolderSettings.After after;

    FolderFiles(Path folder, FolderSettings.After after) {
        this.folder = folder;
        this.after = after;
    }

    byte[] read(Found found) throws IOException {
        return Files.readAllBytes(folder.resolve(found.name()));
    }

    void accepted(Found found) throws IOException {
        switch (after) {
            case MOVE -> move(found, FolderScan.DONE);
            case DELETE -> Files.deleteIfExists(folder.resolve(found.name()));
        }
    }

    /// The file goes to `rejected`, and beside it a `.reason.txt` with the reason's code and message.
    void refused(Found found, Receipt.Refused refused) throws IOException {
        Path target = move(found, FolderScan.REJECTED);
        Files.writeString(
                target.resolveSibling(target.getFileName() + ".reason.txt"),
                refused.reason().code() + ": " + refused.message() + "\n");
    }

    private Path move(Found found, String subfolder) throws IOException {
        Path target = unused(folder.resolve(subfolder).resolve(found.name()));
        Files.createDirectories(target.getParent());
        return Files.move(folder.resolve(found.name()), target);
    }

    /// An earlier file of the same name stays; this one gets a number.
    private static Path unused(Path wanted) {
        Path candidate = wanted;
        for (int number = 1; Files.exists(candidate); number++) {
            candidate = wanted.resolveSibling(number + "-" + wanted.getFileName());
        }
        return candidate;
    }
}

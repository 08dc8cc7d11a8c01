package io.caracal.ingest.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the files of a folder that are complete: they look the same in two scans in a row.
final class FolderScan {
    static final String DONE = "done";
    static final String REJECTED = "rejected";

    /// Of one scan; the rest waits for the next.
    private static final int MAX_FILES = 10_000;

    private final Path folder;
    private Set<Found> before = Set.of();

    FolderScan(Path folder) {
        this.folder = folder;
    }

    /// A file as it was when it was seen.
    ///
    /// @param name relative to the folder, `/`-separated
    record Found(String name, long size, FileTime modified) {}

    /// Oldest first. Leaves out `done`, `rejected`, and whatever is hidden (a leading dot) or is still being written
    /// (`.tmp`, `.part`).
    List<Found> complete() throws IOException {
        Set<Found> now = list();
        List<Found> complete = now.stream()
                .filter(before::contains)
                .sorted(Comparator.comparing(Found::modified).thenComparing(Found::name))
                .toList();
        before = now;
        return complete;
    }

    private Set<Found> list() throws IOException {
        var found = new HashSet<Found>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isIgnored(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isIgnored(file)) {
                    found.add(new Found(nameOf(file), attributes.size(), attributes.lastModifiedTime()));
                }
                return found.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // It was there when its folder was listed and is gone: somebody else's business.
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private boolean isIgnored(Path path) {
        if (path.equals(folder)) {
            return false;
        }
        String name = path.getFileName().toString();
        boolean own = path.getParent().equals(folder) && (name.equals(DONE) || name.equals(REJECTED));
        return own || name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part");
    }

    private String nameOf(Path file) {
        var parts = new ArrayList<String>();
        folder.relativize(file).forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}

package io.caracal.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where Caracal lies; the launcher says so.
final class ProjectFolder {
    /// System property.
    static final String ROOT = "caracal.root";

    private ProjectFolder() {}

    static Path find() {
        Path root = Optional.ofNullable(System.getProperty(ROOT))
                .map(Path::of)
                .orElseThrow(() -> new QuickstartException(
                        "start it with the script caracal, or set -D" + ROOT + " to Caracal's folder"));
        if (!Files.isDirectory(root)) {
            throw new QuickstartException("no such folder: " + root + " (-D" + ROOT + ")");
        }
        return root;
    }
}

package io.caracal.trainer.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a request over the network may name as data: it must lie in one of these folders, or be one of these files.
///
/// @param roots empty for no limit
public record DataRoots(List<Path> roots) {
    public static final DataRoots ANY = new DataRoots(List.of());

    public DataRoots {
        roots = List.copyOf(roots);
    }

    /// What is wrong with a place, in one line; links are followed before it is judged. A place outside of the roots is
    /// refused whether it exists or not.
    Optional<String> refusal(Path place) {
        Path real;
        try {
            real = place.toRealPath();
        } catch (IOException e) {
            return Optional.of(roots.isEmpty() ? "there is no such file or folder" : outside());
        }
        return roots.isEmpty() || roots.stream().anyMatch(root -> real.startsWith(real(root)))
                ? Optional.empty()
                : Optional.of(outside());
    }

    private String outside() {
        return "allowed is what there is in "
                + roots.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            // It is not there, so nothing lies in it.
            return root.toAbsolutePath().normalize();
        }
    }
}

package io.caracal.broker;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Finds the broker's own class path, which the build puts into `broker/target`: Kafka's server must not meet the
/// versions that a service resolves.
final class BrokerClassPath {
    /// System property: the folder of the project.
    static final String ROOT = "caracal.root";

    private BrokerClassPath() {}

    /// Looks below the system property [#ROOT], then where this class was loaded from, then in the working folder and
    /// those above it.
    ///
    /// @throws BrokerException if the jars are in none of these places
    static String find() {
        Set<Path> candidates = new LinkedHashSet<>();
        Optional.ofNullable(System.getProperty(ROOT))
                .ifPresent(root -> candidates.add(Path.of(root, "broker", "target")));
        loadedFrom().map(Path::getParent).ifPresent(candidates::add);
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            candidates.add(folder.resolve("broker").resolve("target"));
        }
        return candidates.stream()
                .filter(BrokerClassPath::isComplete)
                .findFirst()
                .map(target -> target.resolve("classes")
                        + File.pathSeparator
                        + target.resolve("lib").resolve("*"))
                .orElseThrow(() -> new BrokerException("the broker's jars are missing: build the module broker (mvn -pl"
                        + " broker package), or set -D" + ROOT + " to the project's folder; looked in " + candidates));
    }

    private static boolean isComplete(Path target) {
        return Files.isDirectory(target.resolve("lib"))
                && Files.isRegularFile(target.resolve("classes").resolve("io/caracal/broker/BrokerMain.class"));
    }

    private static Optional<Path> loadedFrom() {
        return Optional.ofNullable(BrokerClassPath.class.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .filter(location -> location.getProtocol().equals("file"))
                .map(location -> {
                    try {
                        return Path.of(location.toURI());
                    } catch (URISyntaxException e) {
                        throw new BrokerException("not a file location: " + location, e);
                    }
                });
    }
}

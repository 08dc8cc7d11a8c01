package io.caracal.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Whether a Docker daemon answers, found out in milliseconds and in silence. Testcontainers' own search takes seconds
/// and logs loudly where there is none.
final class Docker {
    private Docker() {}

    static boolean isThere() {
        Map<String, String> environment = System.getenv();
        if (!environment.getOrDefault("DOCKER_HOST", "").isBlank()) {
            return true;
        }
        return Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"),
                        Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                .anyMatch(Docker::answers);
    }

    static boolean answers(Path socket) {
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}

package io.caracal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerTest {
    @TempDir
    Path folder;

    @Test
    void onlyASocketThatSomebodyListensOnAnswers() throws Exception {
        // Given a socket with a listener, one whose listener is gone, and a plain file
        Path live = folder.resolve("live.sock");
        Path dead = folder.resolve("dead.sock");
        Path file = Files.createFile(folder.resolve("file"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(dead))
                .close();
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(live));

            // When, Then
            assertThat(Docker.answers(live)).isTrue();
            assertThat(Docker.answers(dead)).isFalse();
            assertThat(Docker.answers(file)).isFalse();
            assertThat(Docker.answers(folder.resolve("nothing"))).isFalse();
        }
    }
}

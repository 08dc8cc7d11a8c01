package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.datasets.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    Path root;

    @Test
    void oneRunAtATimeUsesIt() {
        // Given
        try (var first = WorkFolder.claim(root)) {

            // When
            var second = assertThatThrownBy(() -> WorkFolder.claim(root));

            // Then
            second.isInstanceOf(QuickstartException.class).message().startsWith("another run uses " + root);
            assertThat(first.logs()).isDirectory();
        }
        WorkFolder.claim(root).close();
    }

    @Test
    void theNextRunStartsWithoutTheLastOnesBrokerDataAndKeepsItsModels() throws Exception {
        // Given
        try (var first = WorkFolder.claim(root)) {
            Files.createDirectories(first.broker().resolve("data/images-0"));
            Files.writeString(first.broker().resolve("data/images-0/log"), "old");
            Files.writeString(first.logs().resolve("trainer.log"), "old");
            Files.writeString(first.models().resolve("model.onnx"), "model");
        }

        // When
        try (var second = WorkFolder.claim(root)) {

            // Then
            assertThat(second.broker()).isEmptyDirectory();
            assertThat(second.logs().resolve("trainer.log")).doesNotExist();
            assertThat(second.models().resolve("model.onnx")).exists();
        }
    }

    @Test
    void theNextRunEndsProcessesThatAKilledRunLeftBehind() throws Exception {
        // Given
        Process orphan = new ProcessBuilder("sleep", "600").start();
        try {
            WorkFolder killed = WorkFolder.claim(root);
            killed.children().add(orphan.toHandle());
            killed.close();

            // When
            WorkFolder.claim(root).close();

            // Then
            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void aProcessThatOnlyHasTheNumberIsLeftAlone() throws Exception {
        // Given a record whose process ended; its id now belongs to this one, which started at another time
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(root.resolve("children"), other.pid() + " 2001-01-01T00:00:00Z\n");

            // When
            WorkFolder.claim(root).close();

            // Then
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void readsTheListOfHeldOutImages() throws Exception {
        // Given
        Path list = Files.writeString(root.resolve("test.tsv"), "cats/1.jpg\tcat\na\tb/2.jpg\tdog\n");

        // When
        var examples = HeldOut.read(HeldOut.file(list.toUri().toString()));

        // Then
        assertThat(examples).containsExactly(new Example("cats/1.jpg", "cat"), new Example("a\tb/2.jpg", "dog"));
    }

    @Test
    void theEndOfALogIsShown() throws Exception {
        // Given
        Path log = root.resolve("x.log");
        Files.writeString(log, "first\n" + "more\n".repeat(30) + "last\n");

        // When
        String tail = LogTail.of(log);

        // Then
        assertThat(tail.lines()).hasSize(20).last().isEqualTo("    last");
        assertThat(LogTail.of(root.resolve("missing"))).contains("cannot be read");
    }

    @Test
    void settingsThatCannotWorkAreRefusedInOneLine() {
        // Given
        OptionalInt tooFew = OptionalInt.of(3);

        // When
        var attempt = assertThatThrownBy(() -> new UpSettings(
                root,
                root,
                Optional.empty(),
                "seed-cnn",
                OptionalInt.empty(),
                tooFew,
                1,
                OptionalInt.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty()));

        // Then
        attempt.isInstanceOf(QuickstartException.class).hasMessage("--limit is 3, allowed is 10 or more");
    }
}

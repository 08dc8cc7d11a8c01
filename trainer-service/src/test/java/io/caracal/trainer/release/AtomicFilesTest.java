package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesWhatIsThere() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("model.onnx"), "old and longer");

        // When
        AtomicFiles.write(file, new byte[] {'n', 'e', 'w'});

        // Then
        assertThat(file).hasContent("new");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void failureLeavesTheOldFileAndNoOther() throws IOException {
        // Given a folder that is not empty cannot be replaced by a file
        Path target = Files.createDirectory(folder.resolve("model.onnx"));
        Files.writeString(target.resolve("old"), "old");

        // When
        assertThatThrownBy(() -> AtomicFiles.write(target, new byte[] {1})).isInstanceOf(IOException.class);

        // Then
        assertThat(target.resolve("old")).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }
}

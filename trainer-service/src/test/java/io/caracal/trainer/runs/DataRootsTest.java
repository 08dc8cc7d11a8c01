package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRootsTest {
    @TempDir
    Path folder;

    private Path inside;
    private Path outside;
    private DataRoots roots;

    @BeforeEach
    void make() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        inside = Files.createDirectory(root.resolve("photos"));
        outside = Files.createDirectory(folder.resolve("root-of-another"));
        roots = new DataRoots(List.of(root));
    }

    @Test
    void whatLiesInARootIsAllowed() {
        // When, Then
        assertThat(roots.refusal(inside)).isEmpty();
    }

    @Test
    void whatLiesElsewhereIsRefusedWhateverItsName() {
        // When, Then
        assertThat(roots.refusal(outside)).isPresent();
        assertThat(roots.refusal(inside.resolve("../../root-of-another"))).isPresent();
    }

    @Test
    void linkOutOfARootIsRefused() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(inside.resolve("link"), outside);

        // When, Then
        assertThat(roots.refusal(link)).isPresent();
    }

    @Test
    void refusalDoesNotTellWhetherAPlaceOutsideExists() {
        // When, Then
        assertThat(roots.refusal(folder.resolve("nowhere"))).isEqualTo(roots.refusal(outside));
    }

    @Test
    void withoutRootsEverythingThatExistsIsAllowed() {
        // When, Then
        assertThat(DataRoots.ANY.refusal(outside)).isEmpty();
        assertThat(DataRoots.ANY.refusal(folder.resolve("nowhere"))).contains("there is no such file or folder");
    }
}

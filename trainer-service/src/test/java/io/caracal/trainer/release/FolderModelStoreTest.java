package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ModelPublished;
import io.caracal.datasets.Example;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderModelStoreTest {
    private static final List<Example> HELD_OUT =
            List.of(new Example("Cat/1.jpg", "Cat"), new Example("Dog/2.jpg", "Dog"));

    private static final Map<String, byte[]> BESIDE = Map.of("report.html", new byte[] {4, 5});

    @TempDir
    Path root;

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void versionHasTheModelAndItsTestSplit() throws IOException {
        // Given
        ModelStore store = FolderModelStore.open(root.resolve("new/store"));

        // When
        ModelStore.Stored stored = store.put(Samples.model("toy", "v1"), HELD_OUT, BESIDE);

        // Then
        assertThat(Path.of(stored.model())).isEqualTo(root.toRealPath().resolve("new/store/toy/v1/model.onnx"));
        assertThat(Path.of(stored.model()))
                .hasBinaryContent(Samples.model("toy", "v1").onnx());
        assertThat(Path.of(stored.testSplit())).hasContent("Cat/1.jpg\tCat\nDog/2.jpg\tDog\n");
        // printf '\x01\x02\x03' | sha256sum
        assertThat(stored.sha256()).isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        assertThat(entries(root.resolve("new/store/toy"))).containsExactly("v1");
    }

    @Test
    void filesBesideAModelAreFoundAgain() throws IOException {
        // Given
        ModelStore store = FolderModelStore.open(root);
        ModelStore.Stored stored = store.put(Samples.model("toy", "v1"), HELD_OUT, BESIDE);

        // When, Then
        assertThat(entries(root.resolve("toy/v1"))).containsExactly("model.onnx", "report.html", "test.tsv");
        assertThat(store.beside(published("v1", stored), "report.html")).hasValue(new byte[] {4, 5});
        assertThat(store.beside(published("v1", stored), "report.pdf")).isEmpty();
        assertThat(store.beside(published("v2", stored), "report.html")).isEmpty();
    }

    private static ModelPublished published(String version, ModelStore.Stored stored) {
        return new ModelPublished(
                "toy",
                version,
                stored.model(),
                stored.sha256(),
                Samples.card("toy", version),
                new ModelPublished.Stage.Champion(),
                Instant.EPOCH);
    }

    @Test
    void versionIsNeverReplaced() throws IOException {
        // Given
        ModelStore store = FolderModelStore.open(root);
        ModelStore.Stored first = store.put(Samples.model("toy", "v1"), HELD_OUT, BESIDE);

        // When
        assertThatThrownBy(() -> store.put(Samples.model("toy", "v1", 9, 9), List.of(), BESIDE))
                .isInstanceOf(FileAlreadyExistsException.class);

        // Then
        assertThat(Path.of(first.testSplit())).hasContent("Cat/1.jpg\tCat\nDog/2.jpg\tDog\n");
        assertThat(entries(root.resolve("toy"))).containsExactly("v1");
    }

    /// A run that ended between storing and announcing its model makes the same file when it goes on.
    @Test
    void modelThatIsThereAlreadyIsNotStoredAgain() throws IOException {
        // Given
        ModelStore store = FolderModelStore.open(root);
        ModelStore.Stored first = store.put(Samples.model("toy", "v1"), HELD_OUT, BESIDE);

        // When
        ModelStore.Stored second =
                store.put(Samples.model("toy", "v1"), HELD_OUT, Map.of("report.html", new byte[] {6}));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(root.resolve("toy/v1/report.html")).hasBinaryContent(new byte[] {4, 5});
        assertThat(entries(root.resolve("toy"))).containsExactly("v1");
    }

    /// Processes in containers all have the same number.
    @Test
    void whatAKilledProcessLeftIsNotInTheWay() throws IOException {
        // Given
        ModelStore store = FolderModelStore.open(root);
        Path left = Files.createDirectories(
                root.resolve("toy/.v1." + ProcessHandle.current().pid()));
        Files.write(left.resolve("model.onnx"), new byte[] {1});

        // When
        store.put(Samples.model("toy", "v1"), HELD_OUT, BESIDE);

        // Then
        assertThat(entries(root.resolve("toy"))).containsExactly("v1");
        assertThat(entries(root.resolve("toy/v1"))).containsExactly("model.onnx", "report.html", "test.tsv");
    }

    @Test
    void failureHalfwayLeavesNothing() throws IOException {
        // Given a test split that fails once the model has been written
        ModelStore store = FolderModelStore.open(root);
        List<Example> unwritable = new AbstractList<>() {
            @Override
            public Example get(int index) {
                throw new IllegalStateException("no more memory");
            }

            @Override
            public int size() {
                return 1;
            }
        };

        // When
        assertThatThrownBy(() -> store.put(Samples.model("toy", "v1"), unwritable, BESIDE))
                .isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(entries(root.resolve("toy"))).isEmpty();
    }

    @Test
    void storeThatIsAFileIsRefused() throws IOException {
        // Given
        Path file = Files.writeString(root.resolve("file"), "");

        // When, Then
        assertThatThrownBy(() -> FolderModelStore.open(file)).isInstanceOf(IOException.class);
    }
}

package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.TrainingEvent;
import io.caracal.datasets.Example;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<Example> HELD_OUT = List.of(new Example("a.png", "cool"));

    @TempDir
    Path root;

    private final List<ModelPublished> announced = new ArrayList<>();

    @Test
    void isAnnouncedOnceTheFileIsInPlace() throws IOException {
        // Given an announcer that looks for the file
        Announcer announcer = model -> {
            assertThat(Path.of(model.uri())).exists();
            announced.add(model);
        };
        var publication = new Publication(FolderModelStore.open(root), announcer, InstantSource.fixed(NOW));

        // When
        TrainingEvent.Result result = publication.publish(Samples.model("toy", "v1"), HELD_OUT, Map.of());

        // Then
        assertThat(announced).containsExactly(result.model());
        assertThat(result.model().publishedAt()).isEqualTo(NOW);
        assertThat(result.model().stage()).isEqualTo(new ModelPublished.Stage.Champion());
        assertThat(result.testAccuracy()).isEqualTo(0.9);
        assertThat(result.testImages()).isEqualTo(10);
        assertThat(result.parityMaxAbs()).isEqualTo(1e-6);
        assertThat(Path.of(URI.create(result.testSplit()))).hasContent("a.png\tcool\n");
    }

    @Test
    void isNotAnnouncedIfItCannotBeStored() {
        // Given
        ModelStore full = new ModelStore() {
            @Override
            public Stored put(CheckedModel model, List<Example> heldOut, Map<String, byte[]> beside)
                    throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public Optional<byte[]> beside(ModelPublished model, String file) {
                return Optional.empty();
            }
        };
        var publication = new Publication(full, announced::add, InstantSource.fixed(NOW));

        // When, Then
        assertThatThrownBy(() -> publication.publish(Samples.model("toy", "v1"), HELD_OUT, Map.of()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("no space left on device");
        assertThat(announced).isEmpty();
    }

    @Test
    void staysStoredIfTheAnnouncementMayHaveArrived() throws IOException {
        // Given
        Announcer silent = model -> {
            throw new ReleaseException("Kafka did not answer within 70 s");
        };
        var publication = new Publication(FolderModelStore.open(root), silent, InstantSource.fixed(NOW));

        // When
        assertThatThrownBy(() -> publication.publish(Samples.model("toy", "v1"), HELD_OUT, Map.of()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is in the store")
                .hasMessageContaining("was not announced: Kafka did not answer");

        // Then
        assertThat(Files.exists(root.resolve("toy/v1/model.onnx"))).isTrue();
    }
}

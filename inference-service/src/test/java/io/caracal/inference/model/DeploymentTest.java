package io.caracal.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.ModelPublished.Stage;
import io.caracal.inference.ColourModel;
import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.scoring.ClassifierOptions;
import io.caracal.scoring.Device;
import io.caracal.scoring.ModelException;
import io.caracal.testing.ThreadCheck;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {
    private static final Stage CHAMPION = new Stage.Champion();

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ModelSlot slot = new ModelSlot();
    private final ThreadCheck threads = ThreadCheck.of("model-deployment");
    private Deployment deployment;

    @BeforeEach
    void start() {
        deployment = deployment(Optional.empty());
        deployment.start();
    }

    @AfterEach
    void stop() {
        deployment.close();
        slot.close();
        threads.close();
    }

    private Deployment deployment(Optional<Path> file) {
        return new Deployment(
                slot,
                new ModelSettings(file, ClassifierOptions.on(Device.CPU)),
                List.of(new FileModelStore()),
                new InferenceMetrics(registry),
                InstantSource.system(),
                Duration.ofMillis(20));
    }

    private void serve(String version, long second) throws IOException {
        deployment.offer(ColourModel.write(folder, version).published(CHAMPION, Instant.ofEpochSecond(second)));
        awaitVersion(version);
    }

    private void awaitVersion(String version) {
        await().until(() -> slot.current().map(model -> model.ref().version()).orElse("none"), version::equals);
    }

    @Test
    void servesAPublishedModelAndTheNextOne() throws Exception {
        // Given
        serve("1", 1);

        // When
        serve("2", 2);

        // Then
        assertThat(deployment.problem()).isEmpty();
        assertThat(registry.get("caracal.inference.model.info")
                        .tag("version", "2")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void keepsTheGoodModelWhenTheFileIsAnother() throws Exception {
        // Given
        serve("1", 1);
        ColourModel second = ColourModel.write(folder, "2");
        ModelPublished published = second.published(CHAMPION, Instant.ofEpochSecond(2));
        Files.write(second.file(), new byte[] {42});

        // When
        deployment.offer(published);

        // Then
        await().until(() -> deployment.problem().isPresent());
        assertThat(deployment.problem().orElseThrow())
                .startsWith("model colour 2 is not served: ")
                .endsWith("published was " + published.sha256());
        assertThat(slot.current().orElseThrow().ref().version()).isEqualTo("1");
        assertThat(registry.get("caracal.inference.models.refused").counter().count())
                .isEqualTo(1);
    }

    @Test
    void keepsTheGoodModelWhenTheNewOneDoesNotOpen() throws Exception {
        // Given: published as it is, but no model
        serve("1", 1);
        ColourModel second = new ColourModel("2", Files.write(folder.resolve("text.onnx"), new byte[] {42}));

        // When
        deployment.offer(second.published(CHAMPION, Instant.ofEpochSecond(2)));

        // Then
        await().until(() -> deployment.problem().isPresent());
        assertThat(deployment.problem().orElseThrow()).contains("cannot be opened");
        assertThat(slot.current().orElseThrow().ref().version()).isEqualTo("1");
    }

    @Test
    void fetchesAgainWhatIsNotThereYet() throws Exception {
        // Given
        ColourModel model = ColourModel.write(folder, "1");
        ModelPublished published = model.published(CHAMPION, Instant.ofEpochSecond(1));
        Path away = Files.move(model.file(), folder.resolve("away"));
        deployment.offer(published);
        await().until(() -> deployment.problem().isPresent());

        // When
        Files.move(away, model.file());

        // Then
        awaitVersion("1");
        assertThat(deployment.problem()).isEmpty();
    }

    @Test
    void ignoresAnOlderModel() throws Exception {
        // Given
        serve("2", 2);

        // When
        deployment.offer(ColourModel.write(folder, "1").published(CHAMPION, Instant.ofEpochSecond(1)));
        serve("3", 3);

        // Then: the third was served, so the first had its turn
        assertThat(slot.current().orElseThrow().ref().version()).isEqualTo("3");
        assertThat(deployment.problem()).isEmpty();
    }

    @Test
    void leavesShadowAndCanaryAlone() throws Exception {
        // Given
        serve("1", 1);

        // When
        deployment.offer(ColourModel.write(folder, "2").published(new Stage.Shadow(), Instant.ofEpochSecond(2)));
        deployment.offer(ColourModel.write(folder, "3").published(new Stage.Canary(10), Instant.ofEpochSecond(3)));

        // Then: an older champion is still newer than the one that answers
        serve("4", 2);
        assertThat(deployment.problem()).isEmpty();
    }

    @Test
    void saysWhichStoresThereAre() throws Exception {
        // Given
        ModelPublished published = ColourModel.write(folder, "1").published(CHAMPION, Instant.ofEpochSecond(1));
        ModelPublished elsewhere = new ModelPublished(
                "colour",
                "1",
                URI.create("s3://bucket/colour.onnx"),
                published.sha256(),
                published.card(),
                CHAMPION,
                published.publishedAt());

        // When
        deployment.offer(elsewhere);

        // Then
        await().until(() -> deployment.problem().isPresent());
        assertThat(deployment.problem().orElseThrow())
                .isEqualTo("model colour 1 is not served: no store reads s3://bucket/colour.onnx, allowed is [file]");
    }

    @Test
    void leavesNoCopyOfTheFileBehind() throws Exception {
        // Given
        long before = copies();

        // When
        serve("1", 1);

        // Then
        await().until(() -> copies() == before);
    }

    private static long copies() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("caracal-model"))
                    .count();
        }
    }

    @Test
    void servesAFixedFile() throws Exception {
        // Given
        Path file = ColourModel.write(folder, "7").file();
        try (Deployment fixed = deployment(Optional.of(file))) {
            // When
            fixed.start();

            // Then
            assertThat(slot.current().orElseThrow().ref().version()).isEqualTo("7");
            assertThat(slot.current().orElseThrow().source()).isEqualTo(file.toString());
        }
    }

    @Test
    void doesNotStartWithAFixedFileThatIsNoModel() {
        // Given
        try (Deployment fixed = deployment(Optional.of(folder.resolve("none.onnx")))) {
            // When, then
            assertThatThrownBy(fixed::start).isInstanceOf(ModelException.class).hasMessageContaining("does not exist");
        }
    }
}

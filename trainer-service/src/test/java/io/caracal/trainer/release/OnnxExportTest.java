package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import io.caracal.scoring.ModelException;
import io.caracal.scoring.Scores;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Normalization;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(ComputeExtension.class)
class OnnxExportTest {
    private static final int IMAGES = 5;

    @TempDir
    private Path folder;

    private final Compute compute;

    OnnxExportTest(Compute compute) {
        this.compute = compute;
    }

    @ParameterizedTest
    @MethodSource
    void theFileScoresAsTheNetworkDoes(String preset) throws Exception {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Parity parity = new Exported(folder, IMAGES).parity(architecture, Export.PLAIN);

        // Then
        assertThat(parity.passed()).as(parity.summary()).isTrue();
    }

    /// Every preset that is small enough to be run here in a few seconds.
    static Stream<String> theFileScoresAsTheNetworkDoes() {
        Presets presets = new Presets();
        return presets.names().stream().filter(name -> parameters(presets.named(name)) < 30_000_000);
    }

    private static long parameters(Architecture architecture) {
        return architecture.layers(2).weights().values().stream()
                .mapToLong(Weight::size)
                .sum();
    }

    @Test
    void meanAndDeviationPerChannelTravelInTheGraph() throws Exception {
        // Given
        Normalization imagenet =
                new Normalization(new float[] {.485f, .456f, .406f}, new float[] {.229f, .224f, .225f});
        try (Network network = Network.create(new Normalized(imagenet), 2, compute, 1);
                Network plain = Network.create(new Normalized(Normalization.UNIT), 2, compute, 1)) {

            // When
            byte[] file = OnnxExport.write(network, card(224, "cat", "dog"));

            // Then
            assertSameScores(network, file);
            assertThat(network.logits(pixels(224), IMAGES)[0][0]).isNotEqualTo(plain.logits(pixels(224), IMAGES)[0][0]);
        }
    }

    @Test
    void theCardAndReadableFactsAreInTheFile() throws Exception {
        // Given
        ModelCard card = card(224, "cat", "dog");
        try (Network network = Network.create(new Presets().named("seed-cnn"), 2, compute, 1)) {

            // When
            byte[] file = OnnxExport.write(network, card);

            // Then
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
                Map<String, String> metadata = session.getMetadata().getCustomMetadata();
                byte[] json = metadata.get(ModelCard.METADATA_KEY).getBytes(StandardCharsets.UTF_8);
                assertThat(Json.read(json, ModelCard.class)).isEqualTo(card);
                assertThat(metadata)
                        .containsEntry("name", "pets")
                        .containsEntry("version", "7")
                        .containsEntry("labels", "cat,dog")
                        .containsEntry("architecture", "seed-cnn")
                        .containsEntry("parameters", "29600")
                        .containsEntry("dataset", "sha256:abc");
                assertThat(session.getInputInfo()).containsOnlyKeys("pixels");
                assertThat(session.getOutputInfo()).containsOnlyKeys("probabilities", "logits");
            }
        }
    }

    @Test
    void patchTokensAreAnOutputThatNobodyMustRead() throws Exception {
        // Given
        Architecture vit = new Presets().named("vit-ti-16", Map.of("image-size", "64"));
        Path file = folder.resolve("tokens.onnx");
        try (Network network = Network.create(vit, 2, compute, 1)) {

            // When
            Files.write(file, OnnxExport.write(network, card(64, "cat", "dog"), new Export(true)));

            // Then
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
                assertThat(session.getOutputInfo()).containsOnlyKeys("probabilities", "logits", "patch_tokens");
                var tokens =
                        (TensorInfo) session.getOutputInfo().get("patch_tokens").getInfo();
                assertThat(tokens.getShape()).containsExactly(-1, 192, 4, 4);
            }
            assertSameScores(network, Files.readAllBytes(file));
            try (Classifier classifier = Classifier.open(file, Device.CPU)) {
                assertThat(classifier.output("patch_tokens", pixels(64), IMAGES))
                        .hasDimensions(IMAGES, 192 * 4 * 4);
                assertThatThrownBy(() -> classifier.output("tokens", pixels(64), IMAGES))
                        .isInstanceOf(ModelException.class)
                        .hasMessageStartingWith("model pets failed to run: ");
            }
        }
    }

    @Test
    void patchTokensOfAModelWithoutPatchesAreRefused() {
        // Given
        try (Network network = Network.create(new Presets().named("seed-cnn"), 2, compute, 1)) {

            // When
            var refused =
                    assertThatThrownBy(() -> OnnxExport.write(network, card(224, "cat", "dog"), new Export(true)));

            // Then
            refused.isInstanceOf(IllegalArgumentException.class).hasMessage("seed-cnn has no patch tokens");
        }
    }

    @Test
    void refusesACardThatIsNotTheNetworks() {
        // Given
        try (Network network = Network.create(new Presets().named("seed-cnn"), 2, compute, 1)) {

            // When
            var labels = assertThatThrownBy(() -> OnnxExport.write(network, card(224, "cat")));
            var size = assertThatThrownBy(() -> OnnxExport.write(network, card(32, "cat", "dog")));

            // Then
            labels.isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the model card says 1 for labels, the network has 2");
            size.isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the model card says 32 for width, the network has 224");
        }
    }

    private void assertSameScores(Network network, byte[] onnx) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), onnx);
        int size = network.architecture().imageSize();
        float[][] expected = network.logits(pixels(size), IMAGES);
        float scale = 1;
        for (float[] logits : expected) {
            scale = Math.max(scale, Math.max(Math.abs(logits[0]), Math.abs(logits[1])));
        }
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            Scores scores = classifier.score(pixels(size), IMAGES);
            for (int i = 0; i < IMAGES; i++) {
                assertThat(scores.logits()[i]).containsExactly(expected[i], within(1e-4f * scale));
                float[] p = scores.probabilities()[i];
                assertThat(p[0] + p[1]).isCloseTo(1, within(1e-6f));
                float[] l = scores.logits()[i];
                assertThat((double) p[1]).isCloseTo(1 / (1 + Math.exp((double) l[0] - l[1])), within(1e-5));
            }
        }
    }

    private static ByteBuffer pixels(int size) {
        byte[] bytes = new byte[IMAGES * size * size * 3];
        new Random(4).nextBytes(bytes);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static ModelCard card(int size, String... labels) {
        return new ModelCard(
                "pets",
                "7",
                List.of(labels),
                ModelCard.Input.pixels(OnnxExport.INPUT, size, size),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                Map.of("dataset", "sha256:abc"));
    }

    /// seed-cnn behind another normalization.
    private record Normalized(Normalization normalization) implements Architecture {

        @Override
        public String name() {
            return "normalized";
        }

        @Override
        public Recipe recipe() {
            return new Recipe(name(), 1, 1, 1, 0);
        }

        @Override
        public Layer layers(int classes) {
            return new Presets().named("seed-cnn").layers(classes);
        }
    }
}

package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import io.caracal.scoring.Device;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.release.OnnxExport;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Weight;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Exported networks whose weights are drawn, not trained.
class OnlookerTest {

    @TempDir
    Path folder;

    /// @param settings `name=value`
    private Onlooker onlooker(String preset, String... settings) throws IOException {
        Map<String, String> options = new TreeMap<>();
        for (String setting : settings) {
            options.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        Path file = folder.resolve(preset + ".onnx");
        try (Compute compute = Compute.open(Device.CPU, 1);
                Network network = Network.create(new Presets().named(preset, options), 2, compute, 1)) {
            var random = new Random(2);
            Weight head =
                    network.weights().values().stream().toList().reversed().get(1);
            float[] values = head.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian(0, .5);
            }
            head.set(values); // some presets start with zeros there
            Files.write(
                    file, OnnxExport.write(network, card(network.architecture().imageSize())));
        }
        return Onlooker.open(file, 1);
    }

    private static ModelCard card(int size) {
        return new ModelCard(
                "pets",
                "7",
                List.of("cat", "dog"),
                ModelCard.Input.pixels(OnnxExport.INPUT, size, size),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                Map.of());
    }

    private static ByteBuffer noise(Onlooker onlooker) {
        byte[] bytes = new byte[onlooker.preprocessing().pixelBytes()];
        new Random(3).nextBytes(bytes);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, image-size=64, 4, of the class token",
        "vit-ti-16, image-size=64 attention=local window=3, 4, of the class token",
        "vit-ti-16, image-size=64 attention=local window=3 pad=zero, 4, of the class token",
        "vit-ti-16, image-size=64 attention=sparse-fixed pool=mean, 4, received from all patches",
        "vit-ti-16, image-size=64 positions=relative-bias-2d, 4, of the class token",
        "seed-vit, '', 7, of the class token",
        "tnt-ti-16, image-size=48, 3, of the class token",
        "cct-2-3x2, '', 8, received from all patches"
    })
    void transformersAreLookedAtByRollout(String preset, String settings, int side, String whose) throws IOException {
        // Given
        try (Onlooker onlooker = onlooker(preset, settings.isEmpty() ? new String[0] : settings.split(" "))) {

            // When
            Sight sight = onlooker.look(noise(onlooker), Optional.empty(), Optional.of("dog"));

            // Then
            assertThat(sight.method()).startsWith("attention rollout over ").endsWith(whose);
            assertThat(sight.label()).isEqualTo("dog");
            assertThat(sight.map().rows()).isEqualTo(side).isEqualTo(sight.map().columns());
            assertThat(sight.map().max()).isEqualTo(1);
            assertThat(Arrays.stream(sight.map().values()).min().orElseThrow()).isBetween(0.0, .999);
        }
    }

    @Test
    void localAttentionReachesNoFurtherThanItsWindow() throws IOException {
        // Given
        try (Onlooker near = onlooker("vit-ti-16", "image-size=64", "attention=local", "window=3", "pool=mean")) {
            ByteBuffer pixels = noise(near);

            // When
            List<double[]> distances = near.attentionDistances(pixels);

            // Then: the furthest of a window of three lies across
            assertThat(distances)
                    .hasSize(12)
                    .allSatisfy(heads -> assertThat(Arrays.stream(heads).boxed())
                            .hasSize(3)
                            .allMatch(distance -> distance > 1 && distance < 16 * Math.sqrt(2)));
        }
    }

    /// The mean over places of what a place adds to the logit is the logit, but for the bias.
    @ParameterizedTest
    @CsvSource({"small-resnet, ''", "vit-ti-16, image-size=64 attention=axial pool=mean"})
    void classActivationAddsUpToTheLogit(String preset, String settings) throws IOException {
        // Given
        try (Onlooker onlooker = onlooker(preset, settings.isEmpty() ? new String[0] : settings.split(" "))) {
            ByteBuffer pixels = noise(onlooker);

            // When
            Sight cat = onlooker.look(pixels, Optional.empty(), Optional.of("cat"));
            Sight dog = onlooker.look(pixels, Optional.empty(), Optional.of("dog"));

            // Then: biases start at zero or close to it
            assertThat(cat.method()).startsWith("class activation map, 4x4");
            double margin = mean(cat.map()) - mean(dog.map());
            assertThat(Math.log(cat.probability() / dog.probability())).isCloseTo(margin, within(.15));
            assertThat(Math.abs(margin)).isGreaterThan(.2);
        }
    }

    private static double mean(HeatMap map) {
        return Arrays.stream(map.values()).average().orElseThrow();
    }

    @Test
    void whateverHasNeitherIsCovered() throws IOException {
        // Given
        try (Onlooker onlooker = onlooker("seed-cnn")) {

            // When
            Sight sight = onlooker.look(noise(onlooker), Optional.of(new View.OcclusionMap(4)), Optional.empty());

            // Then
            assertThat(sight.method()).startsWith("occlusion, 4x4 cells");
            assertThat(sight.map().rows()).isEqualTo(4);
        }
    }

    /// Through decoder, model and drawing: nothing is mirrored or turned on the way.
    @Test
    void aPlaceInThePictureIsThatPlaceInTheMap() throws IOException {
        // Given: a wide picture that is black but for its upper right corner, and a model that likes light
        BufferedImage drawn = new BufferedImage(96, 48, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 6; y++) {
            for (int x = 84; x < 96; x++) {
                drawn.setRGB(x, y, 0xffffff);
            }
        }
        Path image = folder.resolve("corner.png");
        ImageIO.write(drawn, "png", image.toFile());
        Graph graph = new Graph("light");
        Edge pixels = graph.input(OnnxExport.INPUT, ElementType.UINT8, Graph.BATCH, 32, 32, 3);
        Edge floats = graph.op("Cast", pixels).with("to", ElementType.FLOAT).edge();
        Edge mean = graph.op("ReduceMean", floats, graph.longs("axes", 1, 2))
                .with("keepdims", 0)
                .edge();
        Edge light = graph.floats("light", new long[] {3, 2}, 0, .1f, 0, .1f, 0, .1f);
        Edge logits = graph.op("MatMul", mean, light).edge();
        graph.output(OnnxExport.LOGITS, logits, ElementType.FLOAT, Graph.BATCH, 2);
        String card = new String(Json.write(card(32)), StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("light.onnx"), graph.toBytes(Map.of(ModelCard.METADATA_KEY, card)));
        try (Onlooker onlooker = Onlooker.open(file, 1)) {
            Picture picture = Picture.read(image, onlooker.preprocessing());

            // When: maps of the last axis are no class activation maps, so this is an occlusion map
            Sight sight = onlooker.look(picture.pixels(), Optional.empty(), Optional.of("dog"));

            // Then: 512 by 256, the map beginning at column 520
            assertThat(sight.map().max())
                    .isPositive()
                    .isEqualTo(sight.map().at(0, sight.map().columns() - 1));
            BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(picture.with(sight)));
            assertThat(sheet.getRGB(1029, 2) >> 16 & 0xff).isGreaterThan(200);
            assertThat(sheet.getRGB(523, 2) >> 16 & 0xff).isLessThan(20);
            assertThat(sheet.getRGB(1029, 253) >> 16 & 0xff).isLessThan(20);
            assertThat(sheet.getRGB(523, 253) >> 16 & 0xff).isLessThan(20);
        }
    }

    @Test
    void aBlockAndAHeadAreChosenByNumber() throws IOException {
        // Given
        try (Onlooker onlooker = onlooker("vit-ti-16", "image-size=64")) {
            ByteBuffer pixels = noise(onlooker);

            // When
            double[] all = values(onlooker, pixels, OptionalInt.empty());

            // Then: all heads are the mean of each
            double[] first = values(onlooker, pixels, OptionalInt.of(0));
            double[] second = values(onlooker, pixels, OptionalInt.of(1));
            double[] third = values(onlooker, pixels, OptionalInt.of(2));
            for (int i = 0; i < all.length; i++) {
                assertThat((first[i] + second[i] + third[i]) / 3).isCloseTo(all[i], within(1e-9));
            }
            assertThat(first).isNotEqualTo(second);
        }
    }

    private static double[] values(Onlooker onlooker, ByteBuffer pixels, OptionalInt head) {
        View view = new View.Attention(OptionalInt.of(3), head, HeadFusion.MEAN);
        return onlooker.look(pixels, Optional.of(view), Optional.empty()).map().values();
    }

    @Test
    void whatAModelDoesNotHaveIsSaidInOneLine() throws IOException {
        // Given
        try (Onlooker vit = onlooker("vit-ti-16", "image-size=64");
                Onlooker cnn = onlooker("seed-cnn")) {
            ByteBuffer small = noise(vit);
            ByteBuffer large = noise(cnn);
            View block = new View.Attention(OptionalInt.of(12), OptionalInt.empty(), HeadFusion.MEAN);
            View head = new View.Attention(OptionalInt.empty(), OptionalInt.of(-1), HeadFusion.MEAN);
            View rollout = new View.AttentionRollout(HeadFusion.MEAN, 0);
            View activation = new View.ClassActivationMap();

            // When / Then
            assertThatThrownBy(() -> vit.look(small, Optional.of(block), Optional.empty()))
                    .hasMessage("block is 12, this model has blocks 0 to 11");
            assertThatThrownBy(() -> vit.look(small, Optional.of(head), Optional.empty()))
                    .hasMessage("head is -1, this model has heads 0 to 2");
            assertThatThrownBy(() -> vit.look(small, Optional.empty(), Optional.of("mouse")))
                    .hasMessage("label is mouse, the model knows cat, dog");
            assertThatThrownBy(() -> cnn.look(large, Optional.of(rollout), Optional.empty()))
                    .hasMessage("this model has no attention between all patches of an image: use method cam or "
                            + "occlusion");
            assertThatThrownBy(() -> cnn.look(large, Optional.of(activation), Optional.empty()))
                    .hasMessage("this model does not end in a mean over places and one linear layer: use method "
                            + "occlusion");
        }
    }
}

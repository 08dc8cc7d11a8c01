package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.pretrained.StartReport;
import io.caracal.trainer.pretrained.WeightImport;
import io.caracal.trainer.release.OnnxExport;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A model that was exported is a file of weights too.
@ExtendWith(ComputeExtension.class)
class ServedModelAsStartTest {
    private static final List<String> LABELS = List.of("cat", "dog");
    private final Compute compute;

    @TempDir
    Path folder;

    ServedModelAsStartTest(Compute compute) {
        this.compute = compute;
    }

    /// Every kind of layer, and every kind of table.
    static Stream<Architecture> architectures() {
        Presets presets = new Presets();
        List<Architecture> vits = Reduced.visionTransformers();
        return Stream.of(
                        Stream.of("seed-cnn", "seed-vit", "small-resnet", "resnet-18")
                                .map(presets::named),
                        Reduced.others().stream(),
                        Stream.iterate(0, i -> i < vits.size(), i -> i + 23).map(vits::get))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyWeightComesBack(Architecture architecture) throws IOException {
        // Given
        try (Network served = network(architecture, 1);
                Network next = network(architecture, 2)) {
            Path model = exported(served, Map.of());

            // When
            StartReport report =
                    start(model, architecture).into(next, LABELS, false).orElseThrow();

            // Then
            assertThat(report.head()).isEqualTo(new StartReport.Kept(2));
            assertThat(report.leftOut()).isEmpty();
            assertThat(report.fresh()).isEmpty();
            assertThat(report.notes()).isEmpty();
            assertThat(next.weights())
                    .isNotEmpty()
                    .allSatisfy((name, weight) -> assertThat(weight.values())
                            .isEqualTo(served.weights().get(name).values()));
        }
    }

    /// A norm that logits and patch tokens both go through is in the graph once.
    @ParameterizedTest
    @ValueSource(strings = {"seed-vit", "sl-vit-32-4", "cct-2-3x2"})
    void modelWithPatchTokensCanBeAStart(String preset) throws IOException {
        // Given
        Architecture architecture = new Presets().named(preset);
        try (Network served = network(architecture, 1);
                Network next = network(architecture, 2)) {
            Path model = Files.write(
                    folder.resolve("served.onnx"),
                    OnnxExport.write(served, card(architecture, Map.of()), new Export(true)));

            // When
            StartReport report =
                    start(model, architecture).into(next, LABELS, false).orElseThrow();

            // Then
            assertThat(report.tensors()).isEqualTo(next.weights().size());
        }
    }

    /// The second class was the first, and knows what it knew.
    @Test
    void rowsOfTheHeadFollowTheirLabels() throws IOException {
        // Given
        Architecture architecture =
                new Presets().named("vit-ti-16", Map.of("image-size", "32", "depth", "1", "head", "mlp"));
        try (Network served = network(architecture, 1);
                Network next = Network.create(architecture, 3, compute, 2)) {
            Path model = exported(served, Map.of());

            // When
            StartReport report = start(model, architecture)
                    .into(next, List.of("ant", "cat", "fox"), false)
                    .orElseThrow();

            // Then
            assertThat(report.head()).isEqualTo(new StartReport.Moved(1, 3));
            float[] before = served.weights().get("head.weight").values();
            float[] after = next.weights().get("head.weight").values();
            int width = before.length / 2;
            assertThat(Arrays.copyOfRange(after, width, 2 * width)).isEqualTo(Arrays.copyOf(before, width));
            assertThat(Arrays.copyOf(after, width)).containsOnly(0);
            assertThat(Arrays.copyOfRange(after, 2 * width, 3 * width)).containsOnly(0);
            assertThat(next.weights().get("head.bias").values())
                    .containsExactly(0, served.weights().get("head.bias").values()[0], 0);
            assertThat(next.weights().get("pre_logits.weight").values())
                    .isEqualTo(served.weights().get("pre_logits.weight").values());
        }
    }

    @Test
    void headForOtherLabelsStartsFromZeros() throws IOException {
        // Given
        Architecture architecture = new Presets().named("vit-ti-16", Map.of("image-size", "32", "depth", "1"));
        try (Network served = network(architecture, 1);
                Network next = network(architecture, 2)) {
            Path model = exported(served, Map.of());

            // When
            StartReport report = start(model, architecture)
                    .into(next, List.of("ant", "bee"), false)
                    .orElseThrow();

            // Then
            assertThat(report.head()).isEqualTo(new StartReport.Replaced(2, 2));
            assertThat(next.weights().get("head.weight").values()).containsOnly(0);
        }
    }

    /// What convolutions with standardised weights compute does not change when the standardised ones are taken.
    @Test
    void standardisedWeightsStayStandardised() throws IOException {
        // Given
        Architecture architecture = new Presets().named("bit-r50x1");
        String stem = "stem.conv.weight";
        try (Network served = network(architecture, 1);
                Network next = network(architecture, 2)) {
            Path model = exported(served, Map.of());

            // When
            start(model, architecture).into(next, LABELS, false);

            // Then
            float[] before = firstKernel(served.weights().get(stem));
            float[] after = firstKernel(next.weights().get(stem));
            for (int i = 0; i < before.length; i++) {
                assertThat(after[i]).isCloseTo(before[i], within(1e-4f));
            }
        }
    }

    @Test
    void optionsThatWereOthersAreTold() throws IOException {
        // Given
        Architecture before = new Presets()
                .named("vit-ti-16", Map.of("image-size", "32", "attention", "local", "window", "1", "depth", "1"));
        Architecture now = new Presets().named("vit-ti-16", Map.of("image-size", "32", "depth", "1"));
        try (Network served = Network.create(before, 2, compute, 1);
                Network next = Network.create(now, 2, compute, 2)) {
            Path model = exported(served, before.options().asProperties());

            // When
            StartReport report = start(model, now).into(next, LABELS, false).orElseThrow();

            // Then
            assertThat(report.notes())
                    .containsExactlyInAnyOrder(
                            "the model was trained with attention=local, here it is full",
                            "the model was trained with window=1, here it is 7");
        }
    }

    private static WeightImport start(Path model, Architecture architecture) throws IOException {
        var start = new WeightImport(new Start(model.toString(), Interpolation.BICUBIC), architecture);
        start.check();
        return start;
    }

    /// Running statistics too are numbers that no fresh network has.
    private Network network(Architecture architecture, int seed) {
        Network network = Network.create(architecture, 2, compute, seed);
        Random random = new Random(seed);
        network.weights().values().forEach(weight -> {
            float[] values = new float[weight.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = .1f + random.nextFloat();
            }
            weight.set(values);
        });
        return network;
    }

    private Path exported(Network network, Map<String, String> provenance) throws IOException {
        return Files.write(
                folder.resolve("served.onnx"), OnnxExport.write(network, card(network.architecture(), provenance)));
    }

    private static ModelCard card(Architecture architecture, Map<String, String> provenance) {
        int size = architecture.imageSize();
        return new ModelCard(
                "served",
                "1",
                LABELS,
                ModelCard.Input.pixels(OnnxExport.INPUT, size, size),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                provenance);
    }

    /// Less its mean, over its deviation.
    private static float[] firstKernel(Weight weight) {
        int length = weight.size() / (int) weight.shape()[0];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < length; i++) {
            sum += weight.values()[i];
            squares += (double) weight.values()[i] * weight.values()[i];
        }
        double mean = sum / length;
        double deviation = Math.sqrt(squares / length - mean * mean);
        float[] kernel = new float[length];
        for (int i = 0; i < length; i++) {
            kernel[i] = (float) ((weight.values()[i] - mean) / deviation);
        }
        return kernel;
    }
}

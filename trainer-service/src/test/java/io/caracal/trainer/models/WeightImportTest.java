package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.VisionTransformer.Absolute;
import io.caracal.trainer.models.VisionTransformer.Config;
import io.caracal.trainer.models.VisionTransformer.Head;
import io.caracal.trainer.models.VisionTransformer.Patterned;
import io.caracal.trainer.models.VisionTransformer.Pool;
import io.caracal.trainer.models.VisionTransformer.Size;
import io.caracal.trainer.nn.Gelu;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Patches;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import io.caracal.trainer.pretrained.StartReport;
import io.caracal.trainer.pretrained.WeightImport;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.SafeTensors.Values;
import io.caracal.trainer.tensor.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Files in the layouts of other programs, with the weights of the tiny models of spec 4.10 and 4.13: their
/// logits come out if every number is where it belongs.
@ExtendWith(ComputeExtension.class)
class WeightImportTest {
    private static final double[] VIT_LOGITS = {.204855594, .226996384, .219124686};
    private static final double[] MEAN_LOGITS = {-.096486745, .105701821, .294122952};
    private static final int HEADS = 4;
    private final Compute compute;

    @TempDir
    Path folder;

    WeightImportTest(Compute compute) {
        this.compute = compute;
    }

    private record Tiny(int imageSize, IntFunction<Layer> of) implements Architecture {
        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public Recipe recipe() {
            return new Recipe(name(), 1, 1, 1, 0);
        }

        @Override
        public Layer layers(int classes) {
            return of.apply(classes);
        }
    }

    private record Imported(float[] logits, Map<String, float[]> weights, StartReport report) {}

    private static Tiny vit(int imageSize, Absolute absolute, Relative relative, Pool pool, Head head) {
        return new Tiny(
                imageSize,
                classes -> new VisionTransformer(new Config(
                        new Size(16, 2, HEADS, 32, 16),
                        imageSize,
                        absolute,
                        relative,
                        new Patterned(List.of(new Pattern.Full())),
                        pool,
                        head,
                        0,
                        0,
                        0,
                        Gelu.ERF,
                        1e-6f,
                        Scheme.TIMM,
                        classes)));
    }

    private static Tiny vit(int imageSize, Pool pool) {
        return vit(imageSize, Absolute.LEARNED_1D, Relative.NONE, pool, Head.LINEAR);
    }

    private static HybridBackbone.Config backbone(List<Integer> stages) {
        return new HybridBackbone.Config(stages, HybridBackbone.Numerics.TIMM);
    }

    private static Tiny hybrid(List<Integer> stages, int patch) {
        return new Tiny(
                32,
                classes -> new VisionTransformer(new Config(
                        new Size(16, 2, HEADS, 32, patch, Optional.of(backbone(stages))),
                        32,
                        Absolute.LEARNED_1D,
                        Relative.NONE,
                        new Patterned(List.of(new Pattern.Full())),
                        Pool.CLS,
                        Head.LINEAR,
                        0,
                        0,
                        0,
                        Gelu.ERF,
                        1e-6f,
                        Scheme.TIMM,
                        classes)));
    }

    private static Tiny seedVit() {
        return new Tiny(
                16,
                classes -> new SeedVit.Layers(new SeedVit.Config(
                        new Patches(16, 8), 8, 2, new Heads(2, 6), 12, 0, SeedVit.Pool.CLS, classes)));
    }

    private static Tiny tnt() {
        Options options = new Presets().named("tnt-s-16").options().with(TransformerInTransformer.IMAGE_SIZE, 32);
        return new Tiny(
                32,
                classes -> new TransformerInTransformer(
                        new TransformerInTransformer.Size(8, 2, 16, 4, 2), options, classes));
    }

    private static Tiny resNet() {
        return new Tiny(
                64,
                classes -> new ResNet(
                        new ResNet.Config(ResNet.Kind.BASIC, List.of(8, 16, 24, 32), List.of(1, 1, 1, 1), classes)));
    }

    private Imported imported(Path file, Interpolation positions, Tiny architecture, int classes) throws IOException {
        var start = new WeightImport(new Start(file.toString(), positions), architecture);
        start.check();
        try (Network network = Network.create(architecture, classes, compute, 5)) {
            List<String> labels = List.of("a", "b", "c", "d").subList(0, classes);
            StartReport report = start.into(network, labels, false).orElseThrow();
            int size = architecture.imageSize();
            float[] logits = Engines.eager(compute, network::forward, Filled.image(size), 1, 3, size, size);
            Map<String, float[]> weights = new LinkedHashMap<>();
            network.weights().forEach((name, weight) -> weights.put(name, weight.values()));
            return new Imported(logits, weights, report);
        }
    }

    private Imported imported(Path file, Tiny architecture, int classes) throws IOException {
        return imported(file, Interpolation.BICUBIC_ANTIALIAS, architecture, classes);
    }

    private static Map<String, Values> filled(Tiny architecture, int classes) {
        return Filled.tensors(architecture.layers(classes));
    }

    private Path safetensors(Map<String, Values> tensors) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        WeightsFiles.safetensors(file, tensors);
        return file;
    }

    private Path npz(Map<String, Values> tensors) throws IOException {
        Path file = folder.resolve("weights.npz");
        WeightsFiles.npz(file, tensors);
        return file;
    }

    private static void areGolden(float[] logits, double... golden) {
        assertThat(logits).hasSize(golden.length);
        for (int i = 0; i < golden.length; i++) {
            assertThat((double) logits[i]).as("logit %d", i).isCloseTo(golden[i], within(1e-5));
        }
    }

    @Test
    void timmViT() throws IOException {
        // Given
        Path file = safetensors(filled(vit(32, Pool.CLS), 3));

        // When
        Imported imported = imported(file, vit(32, Pool.CLS), 3);

        // Then
        areGolden(imported.logits, VIT_LOGITS);
        assertThat(imported.report.layout()).isEqualTo("timm");
        assertThat(imported.report.tensors()).isEqualTo(2 + 2 + 2 * 12 + 2 + 2);
        assertThat(imported.report.head()).isEqualTo(new StartReport.Kept(3));
        assertThat(imported.report.leftOut()).isEmpty();
        assertThat(imported.report.positions()).isEmpty();
        assertThat(imported.report.sha256()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({"vit.", "''"})
    void huggingFaceViT(String prefix) throws IOException {
        // Given
        Map<String, Values> tensors = WeightsFiles.huggingFace(filled(vit(32, Pool.CLS), 3), prefix);
        tensors.put(prefix + "pooler.dense.weight", new Values(new long[] {16, 16}, new float[256]));

        // When
        Imported imported = imported(safetensors(tensors), vit(32, Pool.CLS), 3);

        // Then
        areGolden(imported.logits, VIT_LOGITS);
        assertThat(imported.report.layout()).isEqualTo("Hugging Face ViT");
        assertThat(imported.report.tensors()).isEqualTo(2 + 2 + 2 * 16 + 2 + 2);
        assertThat(imported.report.leftOut()).containsExactly(prefix + "pooler.dense.weight");
    }

    @ParameterizedTest
    @CsvSource({"''", "opt/target/", "params/"})
    void googlesViT(String prefix) throws IOException {
        // Given
        Map<String, Values> tensors = WeightsFiles.google(filled(vit(32, Pool.CLS), 3), prefix, HEADS, false);
        tensors.put(prefix + "pre_logits/kernel", new Values(new long[] {16, 16}, new float[256]));
        tensors.put(prefix + "pre_logits/bias", new Values(new long[] {16}, new float[16]));

        // When
        Imported imported = imported(npz(tensors), vit(32, Pool.CLS), 3);

        // Then
        areGolden(imported.logits, VIT_LOGITS);
        assertThat(imported.report.layout()).isEqualTo("Google ViT");
        assertThat(imported.report.leftOut()).containsExactly(prefix + "pre_logits/kernel", prefix + "pre_logits/bias");
    }

    @Test
    void bigVision() throws IOException {
        // Given
        Path file = npz(WeightsFiles.google(filled(vit(32, Pool.MEAN), 3), "params/", HEADS, true));

        // When
        Imported imported = imported(file, vit(32, Pool.MEAN), 3);

        // Then
        areGolden(imported.logits, MEAN_LOGITS);
    }

    /// big_vision adds positions before the class token, which therefore has none.
    @Test
    void classTokenWithoutAPositionGetsZeros() throws IOException {
        // Given
        Map<String, Values> tensors = filled(vit(32, Pool.CLS), 3);
        Values positions = tensors.get("pos_embed");
        tensors.put(
                "pos_embed",
                new Values(
                        new long[] {1, 4, 16}, Arrays.copyOfRange(positions.values(), 16, positions.values().length)));

        // When
        Imported imported = imported(npz(WeightsFiles.google(tensors, "", HEADS, true)), vit(32, Pool.CLS), 3);

        // Then
        float[] table = imported.weights.get("pos_embed");
        assertThat(Arrays.copyOf(table, 16)).containsOnly(0);
        assertThat(Arrays.copyOfRange(table, 16, 5 * 16))
                .isEqualTo(tensors.get("pos_embed").values());
    }

    static Stream<Arguments> hybrids() {
        return Stream.of(Arguments.of(List.of(1, 1), 1), Arguments.of(List.of(2, 1, 1), 1), Arguments.of(List.of(), 4));
    }

    /// Some old files have the scales and biases of group norms as pictures of one pixel.
    @ParameterizedTest
    @MethodSource("hybrids")
    void googlesHybridsAreTimms(List<Integer> stages, int patch) throws IOException {
        // Given
        Tiny architecture = hybrid(stages, patch);
        Map<String, Values> timm = filled(architecture, 3);
        Map<String, Values> google = WeightsFiles.google(timm, "", HEADS, false);
        google.replaceAll((name, tensor) -> name.matches(".*gn.*/(scale|bias)")
                ? WeightsFiles.reshaped(tensor, 1, 1, 1, tensor.shape()[0])
                : tensor);

        // When
        Imported imported = imported(npz(google), architecture, 3);

        // Then
        assertThat(imported.logits).isEqualTo(imported(safetensors(timm), architecture, 3).logits);
        timm.forEach((name, tensor) ->
                assertThat(imported.weights.get(name)).as(name).isEqualTo(tensor.values()));
        assertThat(google).containsKeys("conv_root/kernel", "gn_root/scale");
    }

    @Test
    void torchvisionViT() throws IOException {
        // Given
        Path file = safetensors(WeightsFiles.torchvision(filled(vit(32, Pool.CLS), 3)));

        // When
        Imported imported = imported(file, vit(32, Pool.CLS), 3);

        // Then
        areGolden(imported.logits, VIT_LOGITS);
    }

    @Test
    void seedViTOfVitPytorch() throws IOException {
        // Given
        Path file = safetensors(WeightsFiles.lucidrains(filled(seedVit(), 2)));

        // When
        Imported imported = imported(file, seedVit(), 2);

        // Then
        areGolden(imported.logits, .018000785, .012774528);
    }

    @Test
    void timmsTnt() throws IOException {
        // Given
        Path file = safetensors(filled(tnt(), 3));

        // When
        Imported imported = imported(file, tnt(), 3);

        // Then
        areGolden(imported.logits, .225607361, .318857321, .370947442);
    }

    @Test
    void tntOfItsAuthors() throws IOException {
        // Given
        Path file = safetensors(WeightsFiles.huawei(filled(tnt(), 3)));

        // When
        Imported imported = imported(file, tnt(), 3);

        // Then
        areGolden(imported.logits, .225607361, .318857321, .370947442);
        assertThat(imported.report.leftOut()).containsExactly("outer_tokens");
    }

    @Test
    void torchvisionsResNetWithItsCounters() throws IOException {
        // Given
        Map<String, Values> tensors = filled(resNet(), 2);
        tensors.put("bn1.num_batches_tracked", new Values(new long[] {}, new float[] {7}));
        tensors.put("layer1.0.bn1.num_batches_tracked", new Values(new long[] {}, new float[] {7}));

        // When
        Imported imported = imported(safetensors(tensors), resNet(), 2);

        // Then
        areGolden(imported.logits, -.037770567, -.061883663);
        assertThat(imported.report.leftOut()).hasSize(2);
    }

    @Test
    void timmsBiTHasAConvolutionForAHead() throws IOException {
        // Given
        var bit = new Tiny(32, classes -> new BitResNet.Layers(List.of(1, 1), 32, classes));
        Map<String, Values> tensors = filled(bit, 3);
        Values head = tensors.get("head.fc.weight");
        tensors.put("head.fc.weight", new Values(new long[] {3, head.shape()[1], 1, 1}, head.values()));

        // When
        Imported imported = imported(safetensors(tensors), bit, 3);

        // Then
        assertThat(imported.weights.get("head.fc.weight")).isEqualTo(head.values());
        assertThat(imported.report.head()).isEqualTo(new StartReport.Kept(3));
    }

    /// Of a distilled DeiT: a second token, its position and its head.
    @Test
    void secondTokenOfADeiTIsLeftOut() throws IOException {
        // Given
        Map<String, Values> tensors = filled(vit(32, Pool.CLS), 3);
        float[] positions = tensors.get("pos_embed").values();
        float[] distilled = new float[6 * 16];
        System.arraycopy(positions, 0, distilled, 0, 16);
        Arrays.fill(distilled, 16, 32, 9);
        System.arraycopy(positions, 16, distilled, 32, 4 * 16);
        tensors.put("pos_embed", new Values(new long[] {1, 6, 16}, distilled));
        tensors.put("dist_token", new Values(new long[] {1, 1, 16}, new float[16]));
        tensors.put("head_dist.weight", new Values(new long[] {3, 16}, new float[48]));
        tensors.put("head_dist.bias", new Values(new long[] {3}, new float[3]));

        // When
        Imported imported = imported(safetensors(tensors), vit(32, Pool.CLS), 3);

        // Then
        areGolden(imported.logits, VIT_LOGITS);
        assertThat(imported.report.leftOut()).containsExactly("dist_token", "head_dist.weight", "head_dist.bias");
    }

    @Test
    void headForOtherClassesStartsFromZeros() throws IOException {
        // Given
        Path file = safetensors(filled(vit(32, Pool.CLS), 3));

        // When
        Imported imported = imported(file, vit(32, Pool.CLS), 2);

        // Then
        assertThat(imported.logits).containsExactly(0, 0);
        assertThat(imported.report.head()).isEqualTo(new StartReport.Replaced(3, 2));
        assertThat(imported.weights.get("norm.weight"))
                .isEqualTo(filled(vit(32, Pool.CLS), 3).get("norm.weight").values());
    }

    @Test
    void bareModelHasNoHead() throws IOException {
        // Given
        Map<String, Values> tensors = WeightsFiles.huggingFace(filled(vit(32, Pool.CLS), 3), "");
        tensors.keySet().removeIf(name -> name.startsWith("classifier"));

        // When
        Imported imported = imported(safetensors(tensors), vit(32, Pool.CLS), 4);

        // Then
        assertThat(imported.logits).containsExactly(0, 0, 0, 0);
        assertThat(imported.report.head()).isEqualTo(new StartReport.Missing(4));
    }

    /// The whole head of pre-training is thrown away, both layers of it (spec 2.4).
    @Test
    void layerBeforeTheHeadGoesWithTheHead() throws IOException {
        // Given
        Tiny mlp = vit(32, Absolute.LEARNED_1D, Relative.NONE, Pool.CLS, Head.MLP);
        Path file = safetensors(filled(mlp, 3));

        // When
        Imported other = imported(file, mlp, 2);
        Imported same = imported(file, mlp, 3);

        // Then
        assertThat(other.report.fresh()).containsExactly("pre_logits.weight", "pre_logits.bias");
        assertThat(other.report.leftOut()).containsExactly("pre_logits.weight", "pre_logits.bias");
        assertThat(same.weights.get("pre_logits.weight"))
                .isEqualTo(filled(mlp, 3).get("pre_logits.weight").values());
    }

    static Stream<Arguments> interpolations() {
        return Stream.of(
                Arguments.of(Interpolation.BICUBIC_ANTIALIAS, new double[] {-.055045174, .155169116, .345162464}),
                Arguments.of(Interpolation.BICUBIC, new double[] {-.054812927, .155341290, .345252104}));
    }

    @ParameterizedTest
    @MethodSource("interpolations")
    void positionsAreInterpolatedToALargerImage(Interpolation method, double[] golden) throws IOException {
        // Given
        Path file = safetensors(filled(vit(32, Pool.MEAN), 3));

        // When
        Imported imported = imported(file, method, vit(64, Pool.MEAN), 3);

        // Then
        areGolden(imported.logits, golden);
        assertThat(imported.report.positions().orElseThrow()).startsWith("2x2 to 4x4, bicubic");
    }

    @ParameterizedTest
    @EnumSource
    void positionOfTheClassTokenIsKept(Interpolation method) throws IOException {
        // Given
        Map<String, Values> tensors = filled(vit(32, Pool.CLS), 3);
        float[] positions = tensors.get("pos_embed").values();

        // When
        Imported imported = imported(safetensors(tensors), method, vit(64, Pool.CLS), 3);

        // Then
        float[] table = imported.weights.get("pos_embed");
        assertThat(table).hasSize(17 * 16);
        assertThat(Arrays.copyOf(table, 16)).isEqualTo(Arrays.copyOf(positions, 16));
        assertThat(Arrays.copyOfRange(table, 16, table.length))
                .isEqualTo(method.square(Arrays.copyOfRange(positions, 16, positions.length), 2, 4, 16));
    }

    @Test
    void modelWithoutAClassTokenTakesNeitherItNorItsPosition() throws IOException {
        // Given
        Map<String, Values> tensors = filled(vit(32, Pool.CLS), 3);
        float[] positions = tensors.get("pos_embed").values();

        // When
        Imported imported = imported(safetensors(tensors), vit(32, Pool.MEAN), 3);

        // Then
        assertThat(imported.weights.get("pos_embed")).isEqualTo(Arrays.copyOfRange(positions, 16, positions.length));
        assertThat(imported.report.leftOut()).containsExactly("cls_token");
    }

    @Test
    void classTokenThatTheFileHasNotIsFresh() throws IOException {
        // Given
        Path file = safetensors(filled(vit(32, Pool.MEAN), 3));

        // When
        Imported imported = imported(file, vit(32, Pool.CLS), 3);

        // Then
        assertThat(imported.report.fresh()).containsExactly("cls_token");
        assertThat(Arrays.copyOf(imported.weights.get("pos_embed"), 16)).containsOnly(0);
    }

    /// Three rows behind the plane are the class token's (spec 2.5).
    @Test
    void relativeBiasesAreInterpolatedToo() throws IOException {
        // Given
        Tiny small = vit(32, Absolute.NONE, Relative.BIAS, Pool.CLS, Head.LINEAR);
        Tiny large = vit(64, Absolute.NONE, Relative.BIAS, Pool.CLS, Head.LINEAR);
        Map<String, Values> tensors = filled(small, 3);
        String table = "blocks.1.attn.rel_pos.relative_position_bias_table";
        float[] before = tensors.get(table).values();

        // When
        Imported imported = imported(safetensors(tensors), large, 3);

        // Then
        float[] after = imported.weights.get(table);
        assertThat(after).hasSize((7 * 7 + 3) * HEADS);
        assertThat(Arrays.copyOf(after, 49 * HEADS))
                .isEqualTo(Interpolation.BICUBIC_ANTIALIAS.square(Arrays.copyOf(before, 9 * HEADS), 3, 7, HEADS));
        assertThat(Arrays.copyOfRange(after, 49 * HEADS, 52 * HEADS))
                .isEqualTo(Arrays.copyOfRange(before, 9 * HEADS, 12 * HEADS));
        assertThat(imported.report.positions()).contains("2x2 to 4x4, bicubic-antialias");
    }

    @Test
    void positionsOfRowsAndColumnsAreInterpolatedToo() throws IOException {
        // Given
        Tiny small = vit(32, Absolute.LEARNED_2D, Relative.NONE, Pool.MEAN, Head.LINEAR);
        Tiny large = vit(64, Absolute.LEARNED_2D, Relative.NONE, Pool.MEAN, Head.LINEAR);
        Map<String, Values> tensors = filled(small, 3);

        // When
        Imported imported = imported(safetensors(tensors), large, 3);

        // Then
        assertThat(imported.weights.get("pos_embed.rows"))
                .isEqualTo(Interpolation.BICUBIC_ANTIALIAS.line(
                        tensors.get("pos_embed.rows").values(), 2, 4, 8));
    }

    @Test
    void checkpointsOfOurOwnGiveTheirAveragedWeights() throws IOException {
        // Given
        Map<String, Values> tensors = new LinkedHashMap<>();
        filled(vit(32, Pool.CLS), 3).forEach((name, tensor) -> {
            tensors.put(name, new Values(tensor.shape(), new float[tensor.values().length]));
            tensors.put("ema." + name, tensor);
            tensors.put("adam.mean." + name, tensor);
            tensors.put("adam.square." + name, tensor);
        });

        // When
        Imported imported = imported(safetensors(tensors), vit(32, Pool.CLS), 3);

        // Then
        areGolden(imported.logits, VIT_LOGITS);
    }

    @Test
    void resumedRunIsNotStartedAgain() throws IOException {
        // Given
        Tiny architecture = vit(32, Pool.CLS);
        Path file = safetensors(filled(architecture, 3));
        var start = new WeightImport(new Start(file.toString(), Interpolation.BICUBIC), architecture);
        try (Network network = Network.create(architecture, 3, compute, 5)) {
            float[] before = network.weights().get("cls_token").values();

            // When
            StartReport report =
                    start.into(network, List.of("a", "b", "c"), true).orElseThrow();

            // Then
            assertThat(network.weights().get("cls_token").values()).isEqualTo(before);
            assertThat(report.tensors()).isEqualTo(32);
        }
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("blocks.2.norm1.weight", null, "it has blocks.2.norm1.weight, which the preset has not"),
                Arguments.of(null, "blocks.1.mlp.fc1.bias", "it lacks blocks.1.mlp.fc1.bias"),
                Arguments.of("fc_norm.weight", "norm.weight", "it has fc_norm.weight, which the preset has not"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatHasNoPlaceAndWhatIsMissingIsAnError(String added, String removed, String message) throws IOException {
        // Given
        Map<String, Values> tensors = filled(vit(32, Pool.CLS), 3);
        if (added != null) {
            tensors.put(added, tensors.get("norm.weight"));
        }
        tensors.remove(removed);
        Path file = safetensors(tensors);

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("start.weights is " + file + ", which is not for tiny as it is set: " + message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void weightsOfAnotherModelAreRefused() throws IOException {
        // Given
        Path file = safetensors(filled(resNet(), 2));

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 2));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take the preset and options that the file was made with")
                .message()
                .hasLineCount(1);
    }

    @Test
    void weightsOfAnotherSizeAreRefusedWithBothShapes() throws IOException {
        // Given
        Map<String, Values> tensors = filled(vit(32, Pool.CLS), 3);
        tensors.put("blocks.0.attn.qkv.weight", new Values(new long[] {24, 8}, new float[192]));
        Path file = safetensors(tensors);

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blocks.0.attn.qkv.weight has the shape [24, 8], needed is [48, 16]");
    }

    static Stream<Arguments> otherFiles() {
        return Stream.of(
                Arguments.of("a text".getBytes(StandardCharsets.UTF_8), "which is no file of weights"),
                Arguments.of(new byte[0], "which is no file of weights"),
                Arguments.of(
                        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0}, "which is no file of weights"),
                Arguments.of(new byte[] {(byte) 0x80, 2, '}', 'q', 0}, "a Python pickle"),
                Arguments.of(new byte[] {'P', 'K', 3, 4, 0, 0}, "damaged or cut off"),
                Arguments.of(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '"'}, "its header does not fit"));
    }

    @ParameterizedTest
    @MethodSource("otherFiles")
    void filesThatAreNoWeightsAreRefusedInOneLine(byte[] content, String message) throws IOException {
        // Given
        Path file = Files.write(folder.resolve("file"), content);

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("start.weights is " + file + ", ")
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void torchsOwnFileIsNotRun() throws IOException {
        // Given what torch.save writes: a zip with a pickle in it
        Path file = folder.resolve("pytorch_model.bin");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.closeEntry();
        }

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.hasMessage("start.weights is " + file + ", a Python pickle, which is a program and is not run here; "
                + "convert it with safetensors.torch.save_file and take that file");
    }

    @Test
    void twoTensorsForOnePlaceAreRefused() throws IOException {
        // Given
        Map<String, Values> tensors = WeightsFiles.huggingFace(filled(vit(32, Pool.CLS), 3), "vit.");
        tensors.put("layernorm.bias", tensors.get("vit.layernorm.bias"));
        Path file = safetensors(tensors);

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has both vit.layernorm.bias and layernorm.bias for norm.bias");
    }

    @Test
    void tensorBesideTheThreePartsOfItsPlaceIsRefused() throws IOException {
        // Given
        Map<String, Values> tensors = WeightsFiles.huggingFace(filled(vit(32, Pool.CLS), 3), "vit.");
        tensors.put("blocks.0.attn.qkv.bias", tensors.get("vit.layernorm.bias"));
        Path file = safetensors(tensors);

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has both blocks.0.attn.qkv.bias and "
                        + "vit.encoder.layer.0.attention.attention.query.bias for blocks.0.attn.qkv.bias");
    }

    @Test
    void damagedModelIsRefusedInOneLine() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("model.onnx"), new byte[] {8, 10, 18, 7, 'c', 'a', 'r', 'a', 'c'});

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("start.weights is " + file + ", not an ONNX model: a message is cut off");
    }

    /// The length of a safetensors file's header comes first, and is any number: here it begins like a pickle.
    @Test
    void lengthOfTheHeaderIsNotTakenForAPickle() throws IOException {
        // Given
        String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        Path file = Files.write(
                folder.resolve("weights.safetensors"),
                ByteBuffer.allocate(8 + 128 + 4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(128)
                        .put((header + " ".repeat(128 - header.length())).getBytes(StandardCharsets.US_ASCII))
                        .array());

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("it has w, which the preset has not");
    }

    /// The import takes what an architecture declares last for its head.
    @Test
    void everyPresetDeclaresItsHeadLast() {
        // Given
        Presets presets = new Presets();
        for (String name : presets.names()) {

            // When
            List<long[]> shapes = presets.named(name).layers(7).weights().values().stream()
                    .map(Weight::shape)
                    .toList();

            // Then
            assertThat(shapes.getLast()).as(name).containsExactly(7);
            assertThat(shapes.get(shapes.size() - 2)).as(name).startsWith(7).hasSize(2);
        }
    }

    /// A stranger's file of the right layout and a wrong preset is the commonest mistake.
    @Test
    void everyPresetRefusesTheWeightsOfAnotherInOneLine() throws IOException {
        // Given
        Path file = safetensors(filled(vit(32, Pool.CLS), 3));
        Presets presets = new Presets();
        for (String name : presets.names()) {
            var start = new WeightImport(new Start(file.toString(), Interpolation.BICUBIC), presets.named(name));

            // When
            var check = assertThatThrownBy(start::check).as(name);

            // Then
            check.isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("which is not for " + name + " as it is set: ")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void fileThatIsNotThereIsTold() {
        // Given
        Path file = folder.resolve("nowhere");

        // When
        var check = assertThatThrownBy(() -> imported(file, vit(32, Pool.CLS), 3));

        // Then
        check.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("start.weights is " + file + ", there is no such file");
    }

    /// Names and shapes come from strangers: whatever they are, a file is taken or refused in one line.
    @Test
    void damagedFilesAreRefusedAndNothingElseHappens() throws IOException {
        // Given
        byte[] safetensors =
                Files.readAllBytes(safetensors(WeightsFiles.huggingFace(filled(vit(32, Pool.CLS), 3), "vit.")));
        byte[] npz = Files.readAllBytes(npz(WeightsFiles.google(filled(vit(32, Pool.CLS), 3), "", HEADS, false)));
        Random random = new Random(7);
        Path file = folder.resolve("damaged");
        for (int i = 0; i < 400; i++) {
            byte[] whole = i % 2 == 0 ? safetensors : npz;
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            int reach = Math.min(damaged.length, i % 4 == 0 ? 6_000 : damaged.length);
            for (int flips = random.nextInt(4); flips >= 0 && reach > 0; flips--) {
                damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);

            // When
            var read = assertThatCode(() -> importOrRefuse(file));

            // Then
            read.doesNotThrowAnyException();
        }
    }

    private record Written(Tiny model, UnaryOperator<Map<String, Values>> layout) {}

    @Test
    void tensorsOfOddShapesAreRefusedAndNothingElseHappens() throws IOException {
        // Given
        Tiny biased = vit(32, Absolute.LEARNED_2D, Relative.BIAS, Pool.CLS, Head.LINEAR);
        List<Written> files = List.of(
                new Written(vit(32, Pool.CLS), UnaryOperator.identity()),
                new Written(vit(32, Pool.CLS), ours -> WeightsFiles.huggingFace(ours, "vit.")),
                new Written(vit(32, Pool.CLS), ours -> WeightsFiles.google(ours, "", HEADS, false)),
                new Written(biased, UnaryOperator.identity()),
                new Written(tnt(), WeightsFiles::huawei));
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            Written written = files.get(i % files.size());
            Map<String, Values> file = written.layout.apply(filled(written.model, 3));
            List<String> names = List.copyOf(file.keySet());
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                long[] shape =
                        random.ints(random.nextInt(6), 0, 6).asLongStream().toArray();
                float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                file.put(names.get(random.nextInt(names.size())), new Values(shape, values));
            }
            Path path = random.nextBoolean() ? npz(file) : safetensors(file);

            // When
            var read = assertThatCode(() -> importOrRefuse(path, written.model));

            // Then
            read.doesNotThrowAnyException();
        }
    }

    private void importOrRefuse(Path file) throws IOException {
        importOrRefuse(file, vit(32, Pool.CLS));
    }

    private void importOrRefuse(Path file, Tiny model) throws IOException {
        try {
            imported(file, model, 3);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .startsWith("start.weights is " + file + ", ")
                    .hasLineCount(1);
        }
    }
}

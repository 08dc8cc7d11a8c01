package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.scoring.Device;
import io.caracal.trainer.describe.Description;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The presets against the integers of spec 2.3, 2.5 and 2.9, and `r41-vit-b-16` against those of timm 1.0.29; no
/// native memory is taken for counting.
class VisionTransformersTest {

    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, 5717416, 5524802",
        "vit-s-16, 22050664, 21666434",
        "vit-s-32, 22878952, 22494722",
        "vit-b-16, 86567656, 85800194",
        "vit-b-32, 88224232, 87456770",
        "vit-l-16, 304326632, 303303682",
        "vit-l-32, 306535400, 305512450",
        "vit-h-14, 632045800, 630767362",
        "r-vit-ti-16, 6337704, 6145090",
        "r26-vit-s-32, 36431912, 36047682",
        "r41-vit-b-16, 95307560, 94540098",
        "r50-vit-b-16, 98659112, 97891650",
        "r50-vit-b-32, 110945832, 110178370",
        "r50-vit-l-32, 328994856, 327971906"
    })
    void haveThePublishedNumberOfParameters(String preset, long of1000Classes, long of2Classes) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        long parameters1000 = parameters(architecture, 1000);
        long parameters2 = parameters(architecture, 2);

        // Then
        assertThat(parameters1000).isEqualTo(of1000Classes);
        assertThat(parameters2).isEqualTo(of2Classes);
    }

    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, pool=mean, 1000, 5717032",
        "vit-s-16, pool=mean, 1000, 22049896",
        "vit-b-16, pool=mean, 1000, 86566120",
        "vit-b-32, pool=mean, 1000, 88222696",
        "vit-ti-16, image-size=384, 1000, 5790376",
        "vit-s-16, image-size=384, 1000, 22196584",
        "vit-b-16, image-size=384, 1000, 86859496",
        "vit-b-32, image-size=384, 1000, 88297192",
        "vit-l-16, image-size=384, 1000, 304715752",
        "vit-h-14, image-size=518, 1000, 633470440",
        "vit-ti-16, head=mlp, 1000, 5754472",
        "vit-s-16, head=mlp, 1000, 22198504",
        "vit-b-16, head=mlp, 1000, 87158248",
        "vit-l-16, head=mlp, 1000, 305376232",
        "vit-h-14, head=mlp, 1000, 633685480",
        "vit-b-16, pool=cls, 21843, 102595923",
        "vit-s-16, pool=mean;attention=local, 1000, 22049896",
        "vit-s-16, pool=mean;attention=block, 1000, 22049896",
        "vit-ti-16, pool=mean;attention=block;positions=learned-1d-relative-bias-2d, 1000, 5723116",
        "vit-s-16, pool=mean;attention=block;positions=learned-1d-relative-bias-2d, 1000, 22062064",
        "vit-b-16, pool=mean;attention=block;positions=learned-1d-relative-bias-2d, 1000, 86590456",
        "vit-s-16, pool=mean;attention=axial-joint, 1000, 22049896",
        "vit-s-16, pool=mean;attention=sparse-strided, 1000, 22049896",
        "vit-s-16, pool=mean;attention=sparse-fixed, 1000, 22049896",
        "vit-ti-16, pool=mean;attention=axial, 1000, 11055400",
        "vit-s-16, pool=mean;attention=axial, 1000, 43343464",
        "vit-b-16, pool=mean;attention=axial, 1000, 171620584",
        "vit-b-32, pool=mean;attention=axial, 1000, 173277160",
        "vit-ti-16, pool=mean;attention=axial-lite, 1000, 7500328",
        "vit-s-16, pool=mean;attention=axial-lite, 1000, 29155432",
        "vit-b-16, pool=mean;attention=axial-lite, 1000, 114932968",
        "vit-b-32, pool=mean;attention=axial-lite, 1000, 116589544",
        "vit-ti-16, pool=mean, 2, 5524418",
        "vit-s-16, pool=mean, 2, 21665666",
        "vit-b-16, pool=mean, 2, 85798658",
        "vit-s-16, pool=mean;attention=block;positions=learned-1d-relative-bias-2d, 2, 21677834",
        "vit-ti-16, pool=mean;attention=axial, 2, 10862786",
        "vit-s-16, pool=mean;attention=axial, 2, 42959234",
        "vit-b-16, pool=mean;attention=axial, 2, 170853122",
        "vit-b-32, pool=mean;attention=axial, 2, 172509698",
        "vit-ti-16, pool=mean;attention=axial-lite, 2, 7307714",
        "vit-s-16, pool=mean;attention=axial-lite, 2, 28771202",
        "vit-b-16, pool=mean;attention=axial-lite, 2, 114165506",
        "vit-b-32, pool=mean;attention=axial-lite, 2, 115822082"
    })
    void haveThePublishedNumberOfParametersWithOptions(String preset, String settings, int classes, long parameters) {
        // Given
        Architecture architecture = Chosen.preset(preset, settings);

        // When
        long counted = parameters(architecture, classes);

        // Then
        assertThat(counted).isEqualTo(parameters);
    }

    /// Of 1000 classes.
    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, pool=cls, 1253683200",
        "vit-s-16, pool=cls, 4598882304",
        "vit-s-32, pool=cls, 1142909952",
        "vit-b-16, pool=cls, 17563828224",
        "vit-b-32, pool=cls, 4409186304",
        "vit-l-16, pool=cls, 61554712576",
        "vit-l-32, pool=cls, 15377539072",
        "vit-h-14, pool=cls, 167295109120",
        "r-vit-ti-16, pool=cls, 433681920",
        "r26-vit-s-32, pool=cls, 3463851008",
        "r41-vit-b-16, pool=cls, 20880261120",
        "r50-vit-b-16, pool=cls, 21535358976",
        "r50-vit-b-32, pool=cls, 8457787392",
        "r50-vit-l-32, pool=cls, 19413295104",
        "vit-s-16, pool=mean, 4574026752",
        "vit-ti-16, pool=mean;attention=axial, 2135281152",
        "vit-s-16, pool=mean;attention=axial, 8432360448",
        "vit-b-16, pool=mean;attention=axial, 33511913472",
        "vit-b-32, pool=mean;attention=axial, 8452614144",
        "vit-ti-16, pool=mean;attention=axial-lite, 1441648128",
        "vit-s-16, pool=mean;attention=axial-lite, 5657828352",
        "vit-b-16, pool=mean;attention=axial-lite, 22413785088",
        "vit-b-32, pool=mean;attention=axial-lite, 5678082048"
    })
    void haveThePublishedNumberOfMacs(String preset, String settings, long macs) {
        // Given
        Architecture architecture = Chosen.preset(preset, settings);

        // When
        Description description = Description.of(architecture, 1000);

        // Then
        assertThat(description.macs()).isEqualTo(macs);
    }

    /// Of 1000 classes; published rounded.
    @ParameterizedTest
    @CsvSource({"vit-ti-16, 4.682", "vit-s-16, 15.490", "vit-b-16, 55.484", "vit-b-32, 13.044", "vit-l-16, 191.066"})
    void haveThePublishedMacsFor384Pixels(String preset, double billionMacs) {
        // Given
        Architecture architecture = Chosen.preset(preset, "image-size=384");

        // When
        Description description = Description.of(architecture, 1000);

        // Then
        assertThat(description.macs() / 1e9).isCloseTo(billionMacs, within(.0006));
    }

    /// What positions cost, beyond a model without any (spec 2.5).
    @ParameterizedTest
    @CsvSource({
        "vit-b-16, positions=learned-1d, 151296",
        "vit-b-16, positions=sinusoid-1d, 0",
        "vit-b-16, positions=learned-2d, 10752",
        "vit-b-16, positions=sinusoid-2d, 0",
        "vit-b-16, positions=relative-1d, 301824",
        "vit-ti-16, positions=relative-bias-2d, 26352",
        "vit-s-16, positions=relative-bias-2d, 52704",
        "vit-b-16, positions=relative-bias-2d, 105408",
        "vit-ti-16, positions=relative-bias-2d;pool=mean, 26244",
        "vit-s-16, positions=relative-bias-2d;pool=mean, 52488",
        "vit-b-16, positions=relative-bias-2d;pool=mean, 104976"
    })
    void positionsCostWhatIsPublished(String preset, String settings, long parameters) {
        // Given
        Map<String, String> with = Chosen.settings(settings);
        Map<String, String> without = new HashMap<>(with);
        without.put("positions", "none");
        Presets presets = new Presets();

        // When
        long cost = parameters(presets.named(preset, with), 2) - parameters(presets.named(preset, without), 2);

        // Then
        assertThat(cost).isEqualTo(parameters);
    }

    /// Half of the heads, or of the layers, see one set of `sparse-strided`, half the other: of the one there are 2,653
    /// pairs in each direction, of the other `14 * 14 * 14`.
    @ParameterizedTest
    @ValueSource(strings = {"split", "alternate"})
    void sparseModesMaskBothSetsByHalves(String mode) {
        // Given
        Architecture architecture = new Presets()
                .named("vit-s-16", Map.of("attention", "sparse-strided", "sparse-mode", mode, "pool", "mean"));

        // When
        Description description = Description.of(architecture, 1000);

        // Then
        long near = 2L * 2653 - 196;
        long every = 14L * 14 * 14;
        long masked = description.attention().orElseThrow().maskedMacs();
        assertThat(masked).isEqualTo(12L * 384 * (2L * 196 * 196 - near - every));
    }

    /// One layer instead of twelve and more: the others are the same. (Smaller presets are tested whole, with
    /// all others.)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vit-b-16",
                "vit-b-32",
                "vit-l-16",
                "vit-l-32",
                "vit-h-14",
                "r41-vit-b-16",
                "r50-vit-b-16",
                "r50-vit-l-32"
            })
    void largePresetsAreExportedAtReducedDepth(String preset) throws Exception {
        // Given
        var whole = (VisionTransformers.Preset) new Presets().named(preset);
        VisionTransformer.Size size = whole.size();
        var shallow = new VisionTransformers.Preset(
                preset,
                new VisionTransformer.Size(size.width(), 1, size.heads(), size.hidden(), size.patch(), size.backbone()),
                whole.options());
        var layers = shallow.layers(2);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, random(3 * 224 * 224), 1, 3, 224, 224);

        // Then: within 1e-4 of their scale
        double scale = Math.max(1, Math.max(Math.abs(logits.djl()[0]), Math.abs(logits.djl()[1])));
        assertThat(logits.ort()).containsExactly(logits.djl(), within((float) (1e-4 * scale)));
    }

    /// The tiny model of spec 4.10, computed with PyTorch in float64.
    @ParameterizedTest
    @CsvSource({"1e-6, .204855594, .226996384, .219124686", "1e-2, .009546595, .082011157, .143378009"})
    void epsilonOfLayerNormsIsThatOfTheOption(String epsilon, double first, double second, double third)
            throws Exception {
        // Given
        Options options = new Presets()
                .named("vit-ti-16", Map.of("image-size", "32", "ln-eps", epsilon))
                .options();
        var tiny = new VisionTransformers.Preset("tiny", new VisionTransformer.Size(16, 2, 4, 32, 16), options);
        var layers = tiny.layers(3);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, first, second, third);
    }

    @Test
    void numericsOfAHybridAreThoseOfTheOption() throws Exception {
        // Given an image that is almost black, whose variance is as small as an epsilon
        float[] dark = new float[3 * 64 * 64];
        for (int i = 0; i < dark.length; i++) {
            dark[i] = (i % 29) / 29e3f;
        }

        // When
        float[] timm = hybridLogits("timm", dark);
        float[] flax = hybridLogits("flax", dark);

        // Then
        assertThat(timm[0]).isNotCloseTo(flax[0], within(1e-4f));
    }

    private static float[] hybridLogits(String numerics, float... image) throws Exception {
        Options options = new Presets()
                .named("r26-vit-s-32", Map.of("image-size", "64", "numerics", numerics))
                .options();
        var backbone = Optional.of(new HybridBackbone.Config(List.of(1, 1), HybridBackbone.Numerics.TIMM));
        var tiny =
                new VisionTransformers.Preset("tiny", new VisionTransformer.Size(16, 2, 4, 32, 1, backbone), options);
        var layers = tiny.layers(3);
        return Engines.run(layers, layers::forward, image, 1, 3, 64, 64).djl();
    }

    /// The same model for bytes `7 i mod 256` in the order row, column, channel.
    @ParameterizedTest
    @CsvSource({
        "half, .253591058, .251777841, .216719145",
        "imagenet, .268893502, .279582131, .253397932",
        "unit, .128082911, .133624536, .121334968"
    })
    void pixelsAreNormalizedByTheOption(String normalization, float first, float second, float third) {
        // Given
        Options options = new Presets()
                .named("vit-ti-16", Map.of("image-size", "32", "normalization", normalization))
                .options();
        var tiny = new VisionTransformers.Preset("tiny", new VisionTransformer.Size(16, 2, 4, 32, 16), options);
        ByteBuffer pixels = ByteBuffer.allocateDirect(3 * 32 * 32);
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, (byte) (7 * i));
        }
        try (Compute compute = Compute.open(Device.CPU, 1);
                Network network = Network.create(tiny, 3, compute, 1)) {
            Filled.tensors(tiny.layers(3))
                    .forEach((name, filled) -> network.weights().get(name).set(filled.values()));

            // When
            float[] logits = network.logits(pixels, 1)[0];

            // Then
            assertThat(logits).containsExactly(new float[] {first, second, third}, within(1e-5f));
        }
    }

    @Test
    void hybridsNameTheirWeightsLikeTimm() {
        // When
        List<String> names = Filled.names(new Presets().named("r26-vit-s-32").layers(2));
        List<String> stemOnly = Filled.names(new Presets().named("r-vit-ti-16").layers(2));

        // Then
        assertThat(names)
                .contains(
                        "patch_embed.backbone.stem.conv.weight",
                        "patch_embed.backbone.stem.norm.bias",
                        "patch_embed.backbone.stages.0.blocks.0.downsample.conv.weight",
                        "patch_embed.backbone.stages.3.blocks.1.norm3.weight",
                        "patch_embed.proj.weight",
                        "blocks.11.mlp.fc2.bias");
        assertThat(stemOnly).contains("patch_embed.backbone.conv.weight", "patch_embed.backbone.norm.weight");
    }

    @Test
    void withoutPositionsTheOrderOfPatchesDoesNotMatter() throws Exception {
        // Given
        Architecture architecture =
                new Presets().named("vit-ti-16", Map.of("positions", "none", "pool", "mean", "image-size", "32"));
        var small = new VisionTransformers.Preset(
                "small",
                new VisionTransformer.Size(16, 2, 4, 32, 16),
                ((VisionTransformers.Preset) architecture).options());
        var layers = small.layers(3);
        float[] image = random(3 * 32 * 32);
        float[] swapped = new float[image.length]; // left and right half, so whole patches
        for (int i = 0; i < image.length; i++) {
            swapped[i] = image[i / 32 * 32 + (i + 16) % 32];
        }

        // When
        Engines.Both one = Engines.run(layers, layers::forward, image, 1, 3, 32, 32);
        Engines.Both other = Engines.run(layers, layers::forward, swapped, 1, 3, 32, 32);

        // Then
        assertThat(image).isNotEqualTo(swapped);
        assertThat(other.djl()).containsExactly(one.djl(), within(1e-6f));
    }

    private static long parameters(Architecture architecture, int classes) {
        return architecture.layers(classes).weights().values().stream()
                .filter(Weight::trained)
                .mapToLong(Weight::size)
                .sum();
    }

    private static float[] random(int count) {
        Random random = new Random(5);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}

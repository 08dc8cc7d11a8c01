package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.VisionTransformer.Absolute;
import io.caracal.trainer.models.VisionTransformer.Config;
import io.caracal.trainer.models.VisionTransformer.Head;
import io.caracal.trainer.models.VisionTransformer.Patterned;
import io.caracal.trainer.models.VisionTransformer.Pool;
import io.caracal.trainer.models.VisionTransformer.Size;
import io.caracal.trainer.nn.Gelu;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tiny models against the numbers of spec 4.10 and 4.13.
class VisionTransformerTest {
    private static final Pattern FULL = new Pattern.Full();

    @Test
    void namesItsWeightsLikeTimm() {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.CLS);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .startsWith(
                        "cls_token",
                        "pos_embed",
                        "patch_embed.proj.weight",
                        "patch_embed.proj.bias",
                        "blocks.0.norm1.weight",
                        "blocks.0.norm1.bias",
                        "blocks.0.attn.qkv.weight",
                        "blocks.0.attn.qkv.bias",
                        "blocks.0.attn.proj.weight",
                        "blocks.0.attn.proj.bias",
                        "blocks.0.norm2.weight",
                        "blocks.0.norm2.bias",
                        "blocks.0.mlp.fc1.weight",
                        "blocks.0.mlp.fc1.bias",
                        "blocks.0.mlp.fc2.weight",
                        "blocks.0.mlp.fc2.bias",
                        "blocks.1.norm1.weight")
                .endsWith("norm.weight", "norm.bias", "head.weight", "head.bias")
                .hasSize(2 + 2 + 2 * 12 + 2 + 2);
    }

    @Test
    void firstPatchIsGolden() throws Exception {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.CLS);

        // When
        Engines.Both patches = Engines.run(layers, layers::embed, Filled.image(32), 1, 3, 32, 32);

        // Then
        patches.startGolden(1e-5, -.191626503, .375646352, .160249844, -.482142445);
    }

    @Test
    void lastPatchIsGolden() throws Exception {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.CLS);

        // When
        Engines.Both patch = Engines.run(layers, x -> layers.embed(x).slice(1, 3, 4), Filled.image(32), 1, 3, 32, 32);

        // Then
        patch.startGolden(1e-5, -.596195039, -.437249364, .315217841, .378336367);
    }

    static Stream<Arguments> classTokens() {
        return Stream.of(
                Arguments.of(0, new double[] {.175076841, .167718580, .137660396, .088970523}),
                Arguments.of(1, new double[] {.384288206, 1.055219323, 1.259713304, .921755007}));
    }

    @ParameterizedTest
    @MethodSource("classTokens")
    void theClassTokenIsGoldenBehindTheFirstBlocks(int blocks, double[] golden) throws Exception {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.CLS);

        // When
        Engines.Both tokens =
                Engines.run(layers, x -> layers.tokens(layers.embed(x), blocks), Filled.image(32), 1, 3, 32, 32);

        // Then
        tokens.startGolden(1e-5, golden);
    }

    @Test
    void logitsFromTheClassTokenAreGolden() throws Exception {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.CLS);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, .204855594, .226996384, .219124686);
    }

    @Test
    void logitsFromTheMeanAreGolden() throws Exception {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.MEAN);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, -.096486745, .105701821, .294122952);
    }

    /// timm 1.0.29 in float64, with `global_pool='avg', fc_norm=True` and the weights of the test before.
    @Test
    void logitsFromTheMeanThatIsNormalisedAfterwardsAreGolden() throws Exception {
        // Given
        VisionTransformer layers = tiny(32, Absolute.LEARNED_1D, Relative.NONE, FULL, Pool.MEAN_THEN_NORM);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, -.097137575, .129138360, .338589327);
        assertThat(layers.weights()).containsKey("fc_norm.weight").doesNotContainKey("norm.weight");
    }

    static Stream<Arguments> patterns() {
        return Stream.of(
                Arguments.of(FULL, new double[] {.244472425, .347047154, .404368522}),
                Arguments.of(new Pattern.Block(2, 0), new double[] {.170990804, .264339477, .323224837}),
                Arguments.of(new Pattern.Block(2, 1), new double[] {.154514606, .260310974, .332169589}),
                Arguments.of(
                        new Pattern.Local(3, Pattern.Border.CLIP), new double[] {.196711575, .270853232, .309681791}),
                // By PyTorch's unfold of zero-padded maps.
                Arguments.of(
                        new Pattern.Local(3, Pattern.Border.ZERO), new double[] {.043206972, .173324309, .280852176}),
                Arguments.of(new Pattern.Cross(), new double[] {.234465722, .341666079, .404315091}),
                Arguments.of(
                        new Pattern.Merged(new Pattern.Near(4), new Pattern.Every(4)),
                        new double[] {.231649720, .324302766, .374669687}),
                Arguments.of(
                        new Pattern.Merged(new Pattern.Run(4), new Pattern.Ends(4, 1)),
                        new double[] {.240155601, .341731167, .398746898}));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void patternsGiveTheGoldenLogits(Pattern pattern, double[] golden) throws Exception {
        // Given: the same pattern in every layer
        VisionTransformer layers = tiny(64, Absolute.LEARNED_1D, Relative.NONE, pattern, Pool.MEAN);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(64), 1, 3, 64, 64);

        // Then
        logits.areGolden(1e-5, golden);
    }

    static Stream<Arguments> positions() {
        return Stream.of(
                Arguments.of(Absolute.NONE, Relative.NONE, new double[] {.240178329, .369919858, .451424053}),
                Arguments.of(Absolute.SINUSOID_1D, Relative.NONE, new double[] {.389972547, .414827595, .385586643}),
                Arguments.of(Absolute.SINUSOID_2D, Relative.NONE, new double[] {.228916412, .392583033, .505055680}),
                Arguments.of(Absolute.NONE, Relative.BIAS, new double[] {.236807187, .367439894, .450158803}),
                Arguments.of(Absolute.LEARNED_1D, Relative.BIAS, new double[] {.238420850, .341792014, .400595404}));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void positionsGiveTheGoldenLogits(Absolute absolute, Relative relative, double[] golden) throws Exception {
        // Given: the weights of the model with learned positions, whose table is number 1
        VisionTransformer layers = tiny(64, absolute, relative, FULL, Pool.MEAN);
        int first = absolute == Absolute.LEARNED_1D ? 1 : 2;

        // When
        Engines.Both logits = Engines.runFrom(first, layers, layers::forward, Filled.image(64), 1, 3, 64, 64);

        // Then
        logits.areGolden(1e-5, golden);
    }

    private static VisionTransformer tiny(
            int imageSize, Absolute absolute, Relative relative, Pattern pattern, Pool pool) {
        return new VisionTransformer(new Config(
                new Size(16, 2, 4, 32, 16),
                imageSize,
                absolute,
                relative,
                new Patterned(List.of(pattern)),
                pool,
                Head.LINEAR,
                0,
                0,
                0,
                Gelu.ERF,
                1e-6f,
                Scheme.TIMM,
                3));
    }
}

package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.describe.Description;
import io.caracal.trainer.models.TransformerInTransformer.Positions;
import io.caracal.trainer.models.TransformerInTransformer.Size;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Against the numbers of spec 2.8 and 4.10.
class TransformerInTransformerTest {

    /// The 65,554,120 that are often given for the largest count a tensor that nothing uses.
    @ParameterizedTest
    @CsvSource({
        "tnt-ti-16, 1000, 6076408, 1403721984",
        "tnt-s-16, 1000, 23768584, 5216875008",
        "tnt-b-16, 1000, 65428680, 14049082880"
    })
    void countsParametersAndMultiplyAccumulates(String preset, int classes, long parameters, long macs) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Description description = Description.of(architecture, classes);

        // Then
        assertThat(description.parameters()).isEqualTo(parameters);
        assertThat(description.macs()).isEqualTo(macs);
    }

    @ParameterizedTest
    @CsvSource({"tnt-ti-16, 5883794", "tnt-s-16, 23384354", "tnt-b-16, 64788962"})
    void countsParametersForTwoClasses(String preset, long parameters) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Description description = Description.of(architecture, 2);

        // Then
        assertThat(description.parameters()).isEqualTo(parameters);
    }

    @Test
    void namesItsWeightsLikeTimm() {
        // Given
        TransformerInTransformer layers = tiny(Positions.LEARNED, Positions.LEARNED);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .startsWith(
                        "cls_token",
                        "patch_pos",
                        "pixel_pos",
                        "pixel_embed.proj.weight",
                        "pixel_embed.proj.bias",
                        "norm1_proj.weight",
                        "norm1_proj.bias",
                        "proj.weight",
                        "proj.bias",
                        "norm2_proj.weight",
                        "norm2_proj.bias",
                        "blocks.0.norm_in.weight",
                        "blocks.0.norm_in.bias",
                        "blocks.0.attn_in.qk.weight",
                        "blocks.0.attn_in.v.weight",
                        "blocks.0.attn_in.proj.weight",
                        "blocks.0.attn_in.proj.bias",
                        "blocks.0.norm_mlp_in.weight",
                        "blocks.0.norm_mlp_in.bias",
                        "blocks.0.mlp_in.fc1.weight",
                        "blocks.0.mlp_in.fc1.bias",
                        "blocks.0.mlp_in.fc2.weight",
                        "blocks.0.mlp_in.fc2.bias",
                        "blocks.0.norm1_proj.weight",
                        "blocks.0.norm1_proj.bias",
                        "blocks.0.proj.weight",
                        "blocks.0.norm2_proj.weight",
                        "blocks.0.norm2_proj.bias",
                        "blocks.0.norm_out.weight")
                .endsWith("norm.weight", "norm.bias", "head.weight", "head.bias");
    }

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(0, 0, new double[] {.057735846, -.307492327, .192018334, .168082346}),
                Arguments.of(3, 15, new double[] {-.065643684, -.402288816, .558014664, -.072623406}));
    }

    @ParameterizedTest
    @MethodSource("words")
    void firstAndLastWordAreGolden(int patch, int word, double[] golden) throws Exception {
        // Given
        TransformerInTransformer layers = tiny(Positions.LEARNED, Positions.LEARNED);
        int place = patch * 16 + word;
        UnaryOperator<Tensor> one = x -> layers.words(x).reshape(-1, 4 * 16, 8).slice(1, place, place + 1);

        // When
        Engines.Both words = Engines.run(layers, one, Filled.image(32), 1, 3, 32, 32);

        // Then
        words.startGolden(1e-5, golden);
    }

    @Test
    void logitsAreGolden() throws Exception {
        // Given
        TransformerInTransformer layers = tiny(Positions.LEARNED, Positions.LEARNED);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, .225607361, .318857321, .370947442);
    }

    @ParameterizedTest
    @CsvSource({"NONE, LEARNED", "LEARNED, NONE", "NONE, NONE"})
    void isExportedWithoutPositions(Positions inner, Positions outer) throws Exception {
        // Given
        TransformerInTransformer layers = tiny(inner, outer);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        assertThat(logits.ort()).containsExactly(logits.djl(), within(1e-5f));
    }

    private static TransformerInTransformer tiny(Positions inner, Positions outer) {
        Options options = new Presets()
                .named("tnt-s-16")
                .options()
                .with(TransformerInTransformer.IMAGE_SIZE, 32)
                .with(TransformerInTransformer.INNER, inner)
                .with(TransformerInTransformer.OUTER, outer);
        return new TransformerInTransformer(new Size(8, 2, 16, 4, 2), options, 3);
    }
}

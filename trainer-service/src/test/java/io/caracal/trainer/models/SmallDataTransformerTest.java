package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.caracal.trainer.describe.Description;
import io.caracal.trainer.models.SmallDataTransformer.Seeing;
import io.caracal.trainer.models.SmallDataTransformer.Size;
import io.caracal.trainer.models.SmallDataTransformer.Tokenization;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the numbers of spec 2.11 b and 4.13.
class SmallDataTransformerTest {

    /// MACs are published rounded.
    @ParameterizedTest
    @CsvSource({
        "sl-vit-32-4, 10, 2729878, 190.1",
        "sl-vit-64-8, 200, 2906228, 198.96",
        "sl-vit-128-8, 2, 2904878, 957.6",
        "sl-vit-224-16, 2, 3452078, 801.5"
    })
    void haveThePublishedParametersAndMacs(String preset, int classes, long parameters, double millionMacs) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Description description = Description.of(architecture, classes);

        // Then
        assertThat(description.parameters()).isEqualTo(parameters);
        assertThat(description.macs() / 1e6).isCloseTo(millionMacs, within(.2));
    }

    @Test
    void thePlainModelFor128PixelsHasThePublishedParameters() {
        // Given
        Architecture architecture =
                new Presets().named("sl-vit-128-8", Map.of("patches", "plain", "attention", "full"));

        // When
        Description description = Description.of(architecture, 2);

        // Then
        assertThat(description.parameters()).isEqualTo(2_755_394);
    }

    @ParameterizedTest
    @CsvSource({
        "sl-vit-32-4, 10, 2692426, 187.7",
        "sl-vit-64-8, 200, 2756744, 189.5",
        "sl-vit-224-16, 2, 2854466, 685.9"
    })
    void withoutBothTheyAreThePlainModel(String preset, int classes, long parameters, double millionMacs) {
        // Given
        Architecture architecture = new Presets().named(preset, Map.of("patches", "plain", "attention", "full"));

        // When
        Description description = Description.of(architecture, classes);

        // Then
        assertThat(description.parameters()).isEqualTo(parameters);
        assertThat(description.macs() / 1e6).isCloseTo(millionMacs, within(.2));
    }

    @Test
    void plainPatchesAndLogitsAreGolden() throws Exception {
        // Given
        SmallDataTransformer layers = tiny(Tokenization.PLAIN, Seeing.FULL);

        // When
        Engines.Both patches = Engines.run(layers, layers::tokens, Filled.image(16), 1, 3, 16, 16);
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(16), 1, 3, 16, 16);

        // Then
        patches.startGolden(
                1e-5,
                -.215988500,
                -.420042693,
                -.261309287,
                .084279630,
                .252766636,
                .082160794,
                -.216117116,
                -.288161466);
        logits.areGolden(1e-5, -.367362801, .090797037, -.142842557);
    }

    @Test
    void shiftedPatchesAndLogitsAreGolden() throws Exception {
        // Given
        SmallDataTransformer layers = tiny(Tokenization.SHIFTED, Seeing.LOCALITY);

        // When
        Engines.Both patches = Engines.run(layers, layers::tokens, Filled.image(16), 1, 3, 16, 16);
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(16), 1, 3, 16, 16);

        // Then
        patches.startGolden(
                1e-5,
                -.236344040,
                .368641087,
                .735503456,
                .641288169,
                .163421258,
                -.373341272,
                -.612063638,
                -.399071036);
        logits.areGolden(1e-5, -.369990730, .382987528, -.311956971);
    }

    /// One over the root of the four channels of a head.
    @Test
    void logitsWithTheScalesOfAFreshModelAreGolden() throws Exception {
        // Given
        SmallDataTransformer layers = tiny(Tokenization.SHIFTED, Seeing.LOCALITY);
        Consumer<NDManager> weights = memory -> {
            Filled.parameters(layers, memory);
            layers.weights().forEach((name, weight) -> {
                if (name.endsWith("attn.scale")) {
                    weight.allocate(memory, new Random(0));
                }
            });
        };

        // When
        Engines.Both logits = Engines.runWith(weights, layers, layers::forward, Filled.image(16), 1, 3, 16, 16);

        // Then
        logits.areGolden(1e-5, -.371071939, .384129610, -.313122368);
    }

    @Test
    void declaresItsWeightsInTheOrderOfTheSpecification() {
        // When
        List<String> names = Filled.names(tiny(Tokenization.SHIFTED, Seeing.LOCALITY));

        // Then
        assertThat(names)
                .startsWith(
                        "pos_embed",
                        "cls_token",
                        "patch_embed.norm.weight",
                        "patch_embed.norm.bias",
                        "patch_embed.proj.weight",
                        "patch_embed.proj.bias",
                        "blocks.0.norm1.weight",
                        "blocks.0.norm1.bias",
                        "blocks.0.attn.scale",
                        "blocks.0.attn.qkv.weight",
                        "blocks.0.attn.proj.weight");
    }

    private static SmallDataTransformer tiny(Tokenization patches, Seeing attention) {
        Options options = new Presets()
                .named("sl-vit-32-4")
                .options()
                .with(SmallDataTransformer.IMAGE_SIZE, 16)
                .with(SmallDataTransformer.PATCHES, patches)
                .with(SmallDataTransformer.ATTENTION, attention);
        return new SmallDataTransformer(new Size(8, 2, 2, 16, 4), options, 3);
    }
}

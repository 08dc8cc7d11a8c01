package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.models.SeedVit.Config;
import io.caracal.trainer.models.SeedVit.Pool;
import io.caracal.trainer.nn.Patches;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against the numbers of spec 4.1 and 4.10.
class SeedVitTest {
    @Test
    void hasThePublishedNumberOfParameters() {
        // Given
        SeedVit architecture = new SeedVit();

        // When
        int parameters = architecture.layers(2).weights().values().stream()
                .filter(Weight::trained)
                .mapToInt(Weight::size)
                .sum();

        // Then
        assertThat(parameters).isEqualTo(6_719_746);
    }

    /// Of the published 6,719,746, without eleven of twelve blocks, and with 9 instead of 49 patches.
    @Test
    void hasOptions() {
        // Given
        Map<String, String> settings = Map.of("image-size", "96", "depth", "1", "pool", "mean", "dropout", "0");

        // When
        Architecture chosen = new Presets().named("seed-vit", settings);

        // Then
        int parameters = chosen.layers(2).weights().values().stream()
                .mapToInt(Weight::size)
                .sum();
        assertThat(parameters).isEqualTo(6_719_746 - 11 * 526_080 - 40 * 128);
        assertThat(chosen.imageSize()).isEqualTo(96);
        assertThat(chosen.options().asText()).containsEntry("pool", "mean");
        assertThatThrownBy(() -> new Presets().named("seed-vit", Map.of("image-size", "100")))
                .hasMessage("image-size is 100, allowed is a multiple of the patch size, 32");
    }

    @Test
    void namesItsWeightsForCheckpoints() {
        // Given
        SeedVit.Layers layers = tiny(Pool.CLS);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .startsWith(
                        "pos_embed",
                        "cls_token",
                        "patch_embed.norm_in.weight",
                        "patch_embed.norm_in.bias",
                        "patch_embed.proj.weight",
                        "patch_embed.proj.bias",
                        "patch_embed.norm_out.weight",
                        "patch_embed.norm_out.bias",
                        "blocks.0.norm1.weight",
                        "blocks.0.norm1.bias",
                        "blocks.0.attn.qkv.weight",
                        "blocks.0.attn.proj.weight",
                        "blocks.0.attn.proj.bias",
                        "blocks.0.norm2.weight",
                        "blocks.0.norm2.bias",
                        "blocks.0.mlp.fc1.weight")
                .endsWith("norm.weight", "norm.bias", "head.weight", "head.bias")
                .hasSize(34);
    }

    @Test
    void firstPatchIsGolden() throws Exception {
        // Given
        SeedVit.Layers layers = tiny(Pool.CLS);

        // When
        Engines.Both patches = Engines.run(layers, layers::embed, Filled.image(16), 1, 3, 16, 16);

        // Then
        patches.startGolden(
                1e-5,
                1.166791701,
                -.227083461,
                -1.679711036,
                .846797687,
                .579214151,
                -1.697654060,
                .055088562,
                .925298122);
    }

    @Test
    void logitsFromTheClassTokenAreGolden() throws Exception {
        // Given
        SeedVit.Layers layers = tiny(Pool.CLS);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(16), 1, 3, 16, 16);

        // Then
        logits.areGolden(1e-5, .018000785, .012774528);
    }

    @Test
    void logitsFromTheMeanAreGolden() throws Exception {
        // Given
        SeedVit.Layers layers = tiny(Pool.MEAN);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(16), 1, 3, 16, 16);

        // Then
        logits.areGolden(1e-5, -.044816781, .098959579);
    }

    private static SeedVit.Layers tiny(Pool pool) {
        return new SeedVit.Layers(new Config(new Patches(16, 8), 8, 2, new Heads(2, 6), 12, 0.1f, pool, 2));
    }
}

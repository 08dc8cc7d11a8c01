package io.caracal.trainer.models;

import ai.djl.ndarray.NDManager;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Sample;
import io.caracal.trainer.tensor.Weight;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which numbers a fresh model draws for a weight: the schemes of spec 2.0 with the numbers of spec 4.8, and by
/// the same formulas where it has none.
@ExtendWith(ComputeExtension.class)
class InitialWeightsTest {
    private static final double ROOT_OF_3 = Math.sqrt(3);

    private static Sample fresh(Architecture architecture, String name, Compute compute) {
        try (NDManager memory = compute.newScope()) {
            Weight weight = architecture.layers(2).weights().get(name);
            weight.allocate(memory, new Random(1));
            return Sample.of(weight.values());
        }
    }

    /// Queries, keys and values are three matrices in one weight, each 768 x 768.
    @ParameterizedTest
    @CsvSource({
        "vit-b-16, init=jax, blocks.0.attn.qkv.weight, .0625",
        "vit-b-16, init=jax, blocks.0.attn.proj.weight, .0625",
        "vit-b-16, init=jax, blocks.0.mlp.fc1.weight, .039528471",
        "vit-b-16, init=timm, patch_embed.proj.weight, .036084392",
        "vit-b-16, init=timm, patch_embed.proj.bias, .036084392",
        "seed-vit, depth=1, patch_embed.proj.weight, .018042196",
        "seed-vit, depth=1, blocks.0.attn.qkv.weight, .088388348",
        "tnt-s-16, image-size=32, pixel_embed.proj.weight, .082478610"
    })
    void isUniformWithinABound(String preset, String settings, String weight, double bound, Compute compute) {
        // Given
        Architecture architecture = Chosen.preset(preset, settings);

        // When
        Sample sample = fresh(architecture, weight, compute);

        // Then
        sample.fills(bound);
        sample.hasDeviation(bound / ROOT_OF_3);
    }

    @ParameterizedTest
    @CsvSource({
        "vit-b-16, init=jax, blocks.0.attn.qkv.bias, 0",
        "vit-b-16, init=jax, blocks.0.mlp.fc1.bias, 1e-6",
        "vit-b-16, init=jax, cls_token, 0",
        "vit-b-16, init=jax, pos_embed, .02",
        "vit-b-16, init=jax, head.weight, 0",
        "vit-b-16, init=timm, blocks.0.attn.qkv.weight, .02",
        "vit-b-16, init=timm, blocks.0.mlp.fc1.bias, 0",
        "vit-b-16, init=timm, cls_token, 1e-6",
        "vit-b-16, init=timm, pos_embed, .02",
        "vit-b-16, init=timm, head.weight, .02",
        "seed-vit, depth=1, pos_embed, 1",
        "tnt-s-16, image-size=32, pixel_pos, .02",
        "cct-7-7x2, positions=learned, classifier.positional_emb, .2",
        "sl-vit-32-4, patches=shifted, pos_embed, 1",
        "sl-vit-32-4, patches=shifted, blocks.0.attn.proj.weight, .072168784"
    })
    void isNormal(String preset, String settings, String weight, double deviation, Compute compute) {
        // Given
        Architecture architecture = Chosen.preset(preset, settings);

        // When
        Sample sample = fresh(architecture, weight, compute);

        // Then
        sample.hasDeviation(deviation);
    }

    @ParameterizedTest
    @CsvSource({
        "cct-7-7x2, tokenizer.conv_layers.0.0.weight, 147",
        "cct-7-7x2, tokenizer.conv_layers.1.0.weight, 3136",
        "resnet-18, conv1.weight, 3136",
        "resnet-18, layer2.0.conv1.weight, 1152",
        "r26-vit-s-32, patch_embed.backbone.stem.conv.weight, 3136"
    })
    void convolutionsOfCompactTransformersCountTheirInputsAndThoseOfResNetsTheirOutputs(
            String preset, String weight, long fan, Compute compute) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Sample sample = fresh(architecture, weight, compute);

        // Then
        sample.hasDeviation(Math.sqrt(2.0 / fan));
    }

    /// LeCun's normal, cut off at two deviations.
    @Test
    void patchesOfThePaperAreCutOff(Compute compute) {
        // Given
        Architecture architecture = Chosen.preset("vit-b-16", "init=jax");

        // When
        Sample sample = fresh(architecture, "patch_embed.proj.weight", compute);

        // Then
        sample.fills(.082044882);
        sample.hasDeviation(.036084392);
    }
}

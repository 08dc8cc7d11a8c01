package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerDepthsTest {

    private static Set<String> weights(String preset) {
        return new Presets().named(preset).layers(2).weights().keySet();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vit-ti-16    | 12 | cls_token | blocks.0.norm1.weight | blocks.11.mlp.fc2.bias | norm.weight
            vit-l-32     | 24 | patch_embed.proj.bias | blocks.0.attn.qkv.weight | blocks.23.norm2.bias | head.weight
            seed-vit     | 12 | patch_embed.norm_in.weight | blocks.0.norm1.bias | blocks.11.attn.proj.weight | head.bias
            seed-cnn     | 3  | | stages.0.conv.weight | stages.2.norm.running_var | hidden.weight
            small-resnet | 7  | norm.running_mean | blocks.0.conv1.weight | blocks.6.bn2.bias | head.weight
            resnet-18    | 8  | bn1.weight | layer1.0.conv1.weight | layer4.1.bn2.running_mean | fc.weight
            resnet-50    | 16 | conv1.weight | layer1.0.downsample.0.weight | layer4.2.conv3.weight | fc.bias
            bit-r50x1    | 16 | stem.conv.weight | stages.0.blocks.0.norm1.weight | stages.3.blocks.2.conv3.weight | norm.bias
            tnt-s-16     | 12 | proj.weight | blocks.0.norm_in.weight | blocks.11.mlp.fc1.weight | norm.weight
            cct-7-7x2    | 7  | classifier.positional_emb | classifier.blocks.0.pre_norm.weight | classifier.blocks.6.linear2.bias | classifier.attention_pool.weight
            """)
    void depthsAreCountedFromTheNames(
            String preset, int blocks, String embedding, String first, String last, String head) {
        // When
        LayerDepths depths = LayerDepths.of(weights(preset));

        // Then
        assertThat(depths.blocks()).isEqualTo(blocks);
        if (embedding != null) {
            assertThat(depths.of(embedding)).isZero();
        }
        assertThat(depths.hasEmbedding()).isEqualTo(embedding != null);
        assertThat(depths.of(first)).isEqualTo(1);
        assertThat(depths.of(last)).isEqualTo(blocks);
        assertThat(depths.of(head)).isEqualTo(blocks + 1);
    }

    @Test
    void everyPresetHasBlocksAndAHeadThatDependsOnTheClasses() {
        for (String preset : new Presets().names()) {
            // When
            LayerDepths depths = LayerDepths.of(weights(preset));

            // Then
            assertThat(depths.blocks()).as(preset).isPositive();
            var more = new Presets().named(preset).layers(3).weights();
            new Presets().named(preset).layers(2).weights().forEach((name, weight) -> {
                if (weight.size() != more.get(name).size()) {
                    assertThat(depths.of(name)).as("%s %s", preset, name).isEqualTo(depths.blocks() + 1);
                }
            });
        }
    }

    @Test
    void ratesFallTowardsTheEmbedding() {
        // Given
        Adaptation adapt = new Adaptation("none", .5f);
        LayerDepths depths = LayerDepths.of(weights("seed-cnn"));

        // When
        float first = adapt.rate("stages.0.conv.weight", depths);
        float last = adapt.rate("stages.2.conv.weight", depths);
        float head = adapt.rate("head.weight", depths);

        // Then 0.5^(3 + 1 - i)
        assertThat(first).isEqualTo(.125f);
        assertThat(last).isEqualTo(.5f);
        assertThat(head).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "none, 0, 0, 0, 0",
        "embedding, 1, 0, 0, 0",
        "1, 1, 1, 0, 0",
        "11, 1, 1, 0, 0",
        "12, 1, 1, 1, 0",
        "all-but-head, 1, 1, 1, 0"
    })
    void freezingGoesFromTheFirstLayerOn(String freeze, int embedding, int first, int last, int head) {
        // Given
        Adaptation adapt = new Adaptation(freeze, 1);
        LayerDepths depths = LayerDepths.of(weights("vit-ti-16"));

        // When, Then
        assertThat(adapt.freezes("pos_embed", depths)).isEqualTo(embedding == 1);
        assertThat(adapt.freezes("blocks.0.norm1.weight", depths)).isEqualTo(first == 1);
        assertThat(adapt.freezes("blocks.11.norm1.weight", depths)).isEqualTo(last == 1);
        assertThat(adapt.freezes("norm.weight", depths)).isEqualTo(head == 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vit-ti-16 | 13        | adapt.freeze is 13, allowed is none, embedding, 1 to 12 or all-but-head: vit-ti-16 has 12 blocks
            seed-cnn  | embedding | adapt.freeze is embedding, allowed is none, 1 to 3 or all-but-head: seed-cnn has nothing before its first block
            """)
    void whatDoesNotSuitTheArchitectureIsRefusedInOneLine(String preset, String freeze, String message) {
        // Given
        Architecture architecture = new Presets().named(preset);
        Adaptation adapt = new Adaptation(freeze, 1);

        // When, Then
        assertThatThrownBy(() -> adapt.check(architecture))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}

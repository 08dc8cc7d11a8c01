package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Reduced;
import io.caracal.trainer.tensor.Weight;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// With the weights that there are.
class WeightDecayTest {
    private static final String POSITION_OR_TOKEN = ".*(pos_embed|rel_pos|_pos|positional_|_token).*";

    @Test
    void kernelsAndMatricesDecayAndNothingElse() {
        // Given
        Presets presets = new Presets();
        Stream<Architecture> all = Stream.of(
                        Stream.of("seed-vit", "bit-r50x1", "small-resnet", "r26-vit-s-32")
                                .map(presets::named),
                        Reduced.visionTransformers().stream(),
                        Reduced.others().stream())
                .flatMap(architectures -> architectures);
        Set<String> still = new TreeSet<>();
        Set<String> decaying = new TreeSet<>();

        // When
        all.forEach(architecture -> architecture.layers(2).weights().forEach((name, weight) -> {
            if (hasAxes(weight)) {
                (WeightDecay.applies(name, weight) ? decaying : still).add(name.replaceAll("[0-9]+", "N"));
            }
        }));

        // Then
        assertThat(decaying).isNotEmpty().allMatch(name -> name.endsWith(".weight"));
        assertThat(decaying).noneMatch(name -> name.matches(POSITION_OR_TOKEN));
        assertThat(still)
                .contains(
                        "cls_token",
                        "pos_embed",
                        "pos_embed.rows",
                        "pos_embed.columns",
                        "blocks.N.attn.rel_pos.weight",
                        "blocks.N.attn.rel_pos.relative_position_bias_table")
                .allMatch(name -> name.matches(POSITION_OR_TOKEN));
    }

    @Test
    void whatHasOneAxisDoesNotDecay() {
        // Given
        Map<String, Weight> weights = new Presets().named("vit-ti-16").layers(2).weights();

        // When
        Stream<String> decaying =
                weights.keySet().stream().filter(name -> WeightDecay.applies(name, weights.get(name)));

        // Then
        assertThat(decaying).isNotEmpty().noneMatch(name -> name.contains("norm") || name.endsWith("bias"));
    }

    private static boolean hasAxes(Weight weight) {
        return weight.shape().length > 1;
    }
}

package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the numbers of spec 2.6 and the names of spec 3.3.
class BitResNetTest {

    @ParameterizedTest
    @CsvSource({"2, 23504450", "1000, 25549352"})
    void hasThePublishedNumberOfParametersAndNoStatistics(int classes, long published) {
        // Given
        BitResNet architecture = new BitResNet();

        // When
        List<Weight> weights =
                List.copyOf(architecture.layers(classes).weights().values());

        // Then
        assertThat(weights).allMatch(Weight::trained);
        assertThat(weights.stream().mapToLong(Weight::size).sum()).isEqualTo(published);
    }

    @Test
    void namesItsWeightsAsTimmDoes() {
        // Given
        BitResNet.Layers layers = new BitResNet.Layers(List.of(1, 2), 32, 2);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .containsExactly(
                        "stem.conv.weight",
                        "stages.0.blocks.0.downsample.conv.weight",
                        "stages.0.blocks.0.norm1.weight",
                        "stages.0.blocks.0.norm1.bias",
                        "stages.0.blocks.0.conv1.weight",
                        "stages.0.blocks.0.norm2.weight",
                        "stages.0.blocks.0.norm2.bias",
                        "stages.0.blocks.0.conv2.weight",
                        "stages.0.blocks.0.norm3.weight",
                        "stages.0.blocks.0.norm3.bias",
                        "stages.0.blocks.0.conv3.weight",
                        "stages.1.blocks.0.downsample.conv.weight",
                        "stages.1.blocks.0.norm1.weight",
                        "stages.1.blocks.0.norm1.bias",
                        "stages.1.blocks.0.conv1.weight",
                        "stages.1.blocks.0.norm2.weight",
                        "stages.1.blocks.0.norm2.bias",
                        "stages.1.blocks.0.conv2.weight",
                        "stages.1.blocks.0.norm3.weight",
                        "stages.1.blocks.0.norm3.bias",
                        "stages.1.blocks.0.conv3.weight",
                        "stages.1.blocks.1.norm1.weight",
                        "stages.1.blocks.1.norm1.bias",
                        "stages.1.blocks.1.conv1.weight",
                        "stages.1.blocks.1.norm2.weight",
                        "stages.1.blocks.1.norm2.bias",
                        "stages.1.blocks.1.conv2.weight",
                        "stages.1.blocks.1.norm3.weight",
                        "stages.1.blocks.1.norm3.bias",
                        "stages.1.blocks.1.conv3.weight",
                        "norm.weight",
                        "norm.bias",
                        "head.fc.weight",
                        "head.fc.bias");
    }
}

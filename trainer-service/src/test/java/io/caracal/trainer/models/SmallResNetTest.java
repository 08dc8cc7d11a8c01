package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.tensor.Filled;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallResNetTest {

    @Test
    void namesItsWeightsForCheckpoints() {
        // Given
        SmallResNet.Layers layers = new SmallResNet.Layers(2);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .startsWith("stem.weight", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var")
                .contains("blocks.0.conv1.weight", "blocks.5.downsample.1.running_var", "blocks.6.bn2.running_var")
                .endsWith("head.weight", "head.bias")
                .hasSize(1 + 4 + 4 * 15 + 3 * 10 + 2);
    }
}

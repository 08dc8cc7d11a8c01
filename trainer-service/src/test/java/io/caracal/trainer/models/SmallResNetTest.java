package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.caracal.trainer.tensor.Filled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /// Crops are cut from pictures in the same proportion to the model's size as in the recipe that was measured.
    @ParameterizedTest
    @CsvSource({"128, 180", "64, 90", "224, 315", "729, 1024", "1025, 0"})
    void picturesGrowWithTheImages(int imageSize, int sourceSize) {
        // Given
        Architecture architecture = new Presets().named("small-resnet", Map.of("image-size", "" + imageSize));

        // When
        Recipe recipe = architecture.recipe();

        // Then
        assertThat(recipe.augmentation().sourceSize()).isEqualTo(sourceSize);
        assertThatCode(() -> Purpose.LABELS.check(recipe, architecture)).doesNotThrowAnyException();
    }
}

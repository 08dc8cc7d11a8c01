package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.ResNet.Config;
import io.caracal.trainer.models.ResNet.Kind;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the numbers of spec 2.6 and 4.13.
class ResNetTest {

    @ParameterizedTest
    @CsvSource({
        "resnet-18, 2, 11177538",
        "resnet-18, 1000, 11689512",
        "resnet-50, 2, 23512130",
        "resnet-50, 1000, 25557032"
    })
    void hasThePublishedNumberOfParameters(String preset, int classes, long published) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        long parameters = count(architecture, classes, true);

        // Then
        assertThat(parameters).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({"resnet-18, 9620, 20", "resnet-50, 53173, 53"})
    void keepsThePublishedNumberOfStatistics(String preset, long published, long norms) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        long statistics = count(architecture, 2, false);

        // Then: PyTorch counts the batches of each norm as well
        assertThat(statistics + norms).isEqualTo(published);
    }

    @Test
    void namesItsWeightsAsTorchvisionDoes() {
        // Given
        ResNet layers = tiny(Kind.BOTTLENECK);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .startsWith(
                        "conv1.weight",
                        "bn1.weight",
                        "bn1.bias",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "layer1.0.conv1.weight",
                        "layer1.0.bn1.weight")
                .contains("layer4.0.bn3.running_var", "layer4.0.downsample.0.weight", "layer4.0.downsample.1.bias")
                .endsWith("fc.weight", "fc.bias");
    }

    @ParameterizedTest
    @CsvSource({"BASIC, 32, 4.896281", "BOTTLENECK, 128, 15.822671"})
    void lastMapsHaveTheGoldenSum(Kind kind, int channels, double golden) throws Exception {
        // Given
        ResNet layers = tiny(kind);

        // When
        Engines.Both maps = Engines.run(layers, layers::maps, Filled.image(64), 1, 3, 64, 64);

        // Then
        assertThat(maps.djl()).hasSize(channels * 2 * 2);
        maps.haveSum(1e-5, golden);
    }

    @ParameterizedTest
    @CsvSource({"BASIC, -.037770567, -.061883663", "BOTTLENECK, .026649582, .020579378"})
    void logitsAreGolden(Kind kind, double first, double second) throws Exception {
        // Given
        ResNet layers = tiny(kind);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(64), 1, 3, 64, 64);

        // Then
        logits.areGolden(1e-5, first, second);
    }

    private static ResNet tiny(Kind kind) {
        return new ResNet(new Config(kind, List.of(8, 16, 24, 32), List.of(1, 1, 1, 1), 2));
    }

    private static long count(Architecture architecture, int classes, boolean trained) {
        return architecture.layers(classes).weights().values().stream()
                .filter(weight -> weight.trained() == trained)
                .mapToLong(Weight::size)
                .sum();
    }
}

package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.HybridBackbone.Config;
import io.caracal.trainer.models.HybridBackbone.Numerics;
import io.caracal.trainer.nn.Padding;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the numbers of spec 2.7 and 4.13.
class HybridBackboneTest {

    @Test
    void stemIsGolden() throws Exception {
        // Given
        var backbone = new HybridBackbone(timm(1, 1), 32);

        // When
        Engines.Both maps = Engines.run(backbone, backbone::stem, Filled.image(32), 1, 3, 32, 32);

        // Then
        assertThat(maps.djl()).hasSize(64 * 8 * 8);
        maps.startGolden(1e-5, .495827121, .495827121, 1.233150342);
        maps.haveSum(1e-6, 5288.174065);
    }

    @Test
    void lastMapsAreGolden() throws Exception {
        // Given
        var backbone = new HybridBackbone(timm(1, 1), 32);

        // When
        Engines.Both maps = Engines.run(backbone, backbone::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        assertThat(maps.djl()).hasSize(512 * 4 * 4);
        maps.startGolden(1e-5, 0, .268441883, .141781354, 0);
        endGolden(maps, 1e-5, 2.945254922, 2.514331489, 2.607116726, 1.851841204);
        maps.haveSum(1e-6, 4745.526721);
    }

    /// Of an image that is almost black, whose variance is as small as an epsilon; with PyTorch in float64.
    @ParameterizedTest
    @CsvSource({
        "TIMM, 3843.995060, .369034288, .369034288, .912285752",
        "FLAX, 5066.826393, .476736918, .476736918, 1.184840402"
    })
    void numericsShowInTheStem(Numerics numerics, double sum, double first, double second, double third)
            throws Exception {
        // Given
        var backbone = new HybridBackbone(new Config(List.of(1, 1), numerics), 32);

        // When
        Engines.Both maps = Engines.run(backbone, backbone::stem, dark(), 1, 3, 32, 32);

        // Then
        maps.startGolden(1e-5, first, second, third);
        maps.haveSum(1e-6, sum);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMM, 4740.175299, .252813086, 0, 2.796581522, 2.063828564, 2.605125162, 2.267928134",
        "FLAX, 4739.034739, .270979952, .114626195, 2.985390722, 2.483286060, 2.636428626, 1.984817177"
    })
    void numericsShowInTheLastMaps(ArgumentsAccessor golden) throws Exception {
        // Given
        var backbone = new HybridBackbone(new Config(List.of(1, 1), golden.get(0, Numerics.class)), 32);

        // When
        Engines.Both maps = Engines.run(backbone, backbone::forward, dark(), 1, 3, 32, 32);

        // Then
        maps.startGolden(5e-5, 0, golden.getDouble(2), golden.getDouble(3), 0);
        endGolden(maps, 5e-5, golden.getDouble(4), golden.getDouble(5), golden.getDouble(6), golden.getDouble(7));
        maps.haveSum(1e-6, golden.getDouble(1));
    }

    @Test
    void hasTheParametersOfTheSpecification() {
        // Given
        List<Config> configs = List.of(timm(1, 1), timm(3, 4, 6), timm(3, 4, 9), timm(2, 2, 2, 2));

        // When
        List<Integer> parameters = configs.stream()
                .map(config -> new HybridBackbone(config, 224)
                        .weights().values().stream().mapToInt(Weight::size).sum())
                .toList();

        // Then
        assertThat(parameters).containsExactly(463_936, 8_543_296, 11_894_848, 13_946_176);
    }

    @ParameterizedTest
    @CsvSource({"224, 7, 2, 2, 3", "112, 3, 2, 0, 1", "56, 3, 1, 1, 1", "7, 3, 2, 1, 1", "56, 1, 2, 0, 0"})
    void paddingIsTensorflowsSame(int side, int kernel, int stride, int before, int after) {
        // When
        Padding padding = Padding.same(side, kernel, stride);

        // Then
        assertThat(padding).isEqualTo(new Padding(before, after));
    }

    private static Config timm(Integer... depths) {
        return new Config(List.of(depths), Numerics.TIMM);
    }

    private static float[] dark() {
        float[] image = Filled.image(32);
        for (int i = 0; i < image.length; i++) {
            image[i] *= 1e-3f;
        }
        return image;
    }

    private static void endGolden(Engines.Both maps, double tolerance, double... end) {
        for (float[] y : List.of(maps.djl(), maps.ort())) {
            for (int i = 0; i < end.length; i++) {
                assertThat((double) y[y.length - end.length + i]).isCloseTo(end[i], within(tolerance));
            }
        }
    }
}

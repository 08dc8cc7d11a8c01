package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.nn.Padding;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the numbers of spec 2.7 and 4.13.
class HybridBackboneTest {

    @Test
    void stemIsGolden() throws Exception {
        // Given
        var backbone = new HybridBackbone(List.of(1, 1), 32);

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
        var backbone = new HybridBackbone(List.of(1, 1), 32);

        // When
        Engines.Both maps = Engines.run(backbone, backbone::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        assertThat(maps.djl()).hasSize(512 * 4 * 4);
        maps.startGolden(1e-5, 0, .268441883, .141781354, 0);
        double[] end = {2.945254922, 2.514331489, 2.607116726, 1.851841204};
        for (float[] y : List.of(maps.djl(), maps.ort())) {
            for (int i = 0; i < end.length; i++) {
                assertThat((double) y[y.length - end.length + i]).isCloseTo(end[i], within(1e-5));
            }
        }
        maps.haveSum(1e-6, 4745.526721);
    }

    @Test
    void hasTheParametersOfTheSpecification() {
        // Given
        List<List<Integer>> depths = List.of(List.of(1, 1), List.of(3, 4, 6), List.of(3, 4, 9), List.of(2, 2, 2, 2));

        // When
        List<Integer> parameters = depths.stream()
                .map(stages -> new HybridBackbone(stages, 224)
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
}

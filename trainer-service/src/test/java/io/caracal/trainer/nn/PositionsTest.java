package io.caracal.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Initial;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the numbers of spec 4.3 and 4.6.
class PositionsTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, 128, 0.8414709848",
        "1, 1, 128, 0.5403023059",
        "3, 2, 128, 0.5173057164",
        "3, 3, 128, -0.8558006752",
        "49, 126, 128, 0.0056584015",
        "49, 127, 128, 0.9999839911",
        "1, 2, 4, 0.0099998333",
        "1, 3, 4, 0.9999500004"
    })
    void sinusoidsOverTheSequenceAreGolden(int position, int channel, int width, double golden) {
        // When
        float[] table = Sinusoid.overSequence(50, width).values();

        // Then
        assertThat((double) table[position * width + channel]).isCloseTo(golden, within(1e-7));
    }

    @Test
    void sinusoidsOverASmallGridAreGolden() {
        // When
        float[] table = Sinusoid.overGrid(2, 3, 8).values();

        // Then
        float[] firstRow = {
            0,
            0,
            1,
            1,
            0,
            0,
            1,
            1, //
            .841471f,
            .0001f,
            .5403023f,
            1,
            0,
            0,
            1,
            1, //
            .9092974f,
            .0002f,
            -.4161468f,
            1,
            0,
            0,
            1,
            1
        };
        float[] secondRow = firstRow.clone();
        for (int column = 0; column < 3; column++) {
            System.arraycopy(new float[] {.841471f, .0001f, .5403023f, 1}, 0, secondRow, column * 8 + 4, 4);
        }
        assertThat(Arrays.copyOf(table, 24)).containsExactly(firstRow, within(1e-6f));
        assertThat(Arrays.copyOfRange(table, 24, 48)).containsExactly(secondRow, within(1e-6f));
    }

    @Test
    void sinusoidsOverTheUsualGridAreGolden() {
        // When
        float[] table = Sinusoid.overGrid(14, 14, 384).values();

        // Then
        assertThat(table[17 * 384]).isCloseTo(.14112f, within(1e-6f));
        assertThat(table[17 * 384 + 95]).isCloseTo(.0003f, within(1e-6f));
        assertThat(table[17 * 384 + 96]).isCloseTo(-.9899925f, within(1e-6f));
        assertThat(table[17 * 384 + 192]).isCloseTo(.841471f, within(1e-6f));
        assertThat(table[195 * 384 + 100]).isCloseTo(-.8232482f, within(1e-6f));
        double sum = 0;
        for (float value : table) {
            sum += value;
        }
        assertThat(sum).isCloseTo(34742.763012, within(1e-2));
    }

    @Test
    void aGridOfSinusoidsNeedsFourEqualParts() {
        // When
        var refused = assertThatThrownBy(() -> Sinusoid.overGrid(2, 2, 10));

        // Then
        refused.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width is 10, allowed is a multiple of 4 from 8 on");
    }

    @Test
    void relativeBiasesAreLookedUpAsInSwin() {
        // When
        int[] index = RelativeBias.index(new Grid(2, false), 2);

        // Then
        assertThat(index).containsExactly(4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4);
    }

    /// In blocks of 2 of a grid of 4, neighbours have the rows of a grid of 2; other pairs are masked.
    @Test
    void biasWithinBlocksKnowsTheDistancesOfABlock() {
        // When
        int[] index = RelativeBias.index(new Grid(4, false), 2);

        // Then: the first query's keys in its block are 0, 1, 4 and 5
        assertThat(index[0]).isEqualTo(4);
        assertThat(index[1]).isEqualTo(3);
        assertThat(index[4]).isEqualTo(1);
        assertThat(index[5]).isZero();
        assertThat(Arrays.stream(index).max().orElseThrow()).isEqualTo(8);
    }

    @Test
    void relativeBiasesOfTheClassTokenAreLookedUpAsInBeit() {
        // When
        int[] index = RelativeBias.index(new Grid(2, true), 2);

        // Then
        assertThat(index)
                .containsExactly(11, 9, 9, 9, 9, 10, 4, 3, 1, 0, 10, 5, 4, 2, 1, 10, 7, 6, 4, 3, 10, 8, 7, 5, 4);
    }

    @Test
    void relativeOffsetsMultiplyAQueryWithTheEmbeddingOfItsDistance() throws Exception {
        // Given: 2 images, 3 heads, 5 tokens of 4 channels
        int tokens = 5;
        int width = 4;
        RelativeOffsets layer = new RelativeOffsets(new Grid(2, true), 3, width);
        float[] queries = new float[2 * 3 * tokens * width];
        Random random = new Random(3);
        for (int i = 0; i < queries.length; i++) {
            queries[i] = random.nextFloat() - .5f;
        }

        // When
        Engines.Both y = Engines.run(layer, layer::forward, queries, 2, 3, tokens, width);

        // Then
        float[] expected = new float[2 * 3 * tokens * tokens];
        for (int sequence = 0; sequence < 6; sequence++) {
            for (int i = 0; i < tokens; i++) {
                for (int j = 0; j < tokens; j++) {
                    int row = tokens - 1 - (i - j);
                    double product = 0;
                    for (int c = 0; c < width; c++) {
                        double embedding = .1 * Math.sin(.37 * (row * width + c) + 1); // spec 4.10
                        product += embedding * queries[(sequence * tokens + i) * width + c];
                    }
                    expected[(sequence * tokens + i) * tokens + j] = (float) product;
                }
            }
        }
        assertThat(y.djl()).containsExactly(expected, within(1e-6f));
        assertThat(y.ort()).containsExactly(expected, within(1e-6f));
    }

    @Test
    void learnedPositionsOfAGridKnowColumnThenRow() throws Exception {
        // Given
        GridPositions layer = new GridPositions(3, 4, Initial.constant(0));

        // When
        Engines.Both y = Engines.run(layer, layer::forward, new float[9 * 4], 1, 9, 4);

        // Then
        float[] expected = new float[9 * 4];
        for (int token = 0; token < 9; token++) {
            for (int c = 0; c < 2; c++) {
                expected[token * 4 + c] = (float) (.1 * Math.sin(.37 * (token % 3 * 2 + c) + 1));
                expected[token * 4 + 2 + c] = (float) (.1 * Math.sin(.37 * (token / 3 * 2 + c) + 2));
            }
        }
        assertThat(y.djl()).containsExactly(expected, within(1e-6f));
        assertThat(y.ort()).containsExactly(expected, within(1e-6f));
    }
}

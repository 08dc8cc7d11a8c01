package io.caracal.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.tensor.Constant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Against the numbers of spec 2.9, 4.6 and 4.13.
class PatternTest {

    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(new Pattern.Full(), 14, 38_416),
                Arguments.of(new Pattern.Block(7, 0), 14, 9_604),
                Arguments.of(local(7), 14, 7_396),
                Arguments.of(new Pattern.Cross(), 14, 5_292),
                Arguments.of(strided(14), 14, 7_658),
                Arguments.of(fixed(14, 1), 14, 5_292),
                Arguments.of(fixed(14, 2), 14, 7_840),
                Arguments.of(new Pattern.Full(), 7, 2_401),
                Arguments.of(local(3), 7, 361),
                Arguments.of(new Pattern.Cross(), 7, 637),
                Arguments.of(strided(7), 7, 889),
                Arguments.of(fixed(7, 1), 7, 637),
                Arguments.of(fixed(7, 2), 7, 931),
                Arguments.of(new Pattern.Block(2, 0), 4, 64),
                Arguments.of(new Pattern.Block(2, 1), 4, 36),
                Arguments.of(local(3), 4, 100),
                Arguments.of(new Pattern.Cross(), 4, 112),
                Arguments.of(strided(4), 4, 148),
                Arguments.of(fixed(4, 1), 4, 112));
    }

    @ParameterizedTest
    @MethodSource("published")
    void allowsThePublishedNumberOfPairs(Pattern pattern, int side, long pairs) {
        // When
        long allowed = pattern.pairs(side);

        // Then
        assertThat(allowed).isEqualTo(pairs);
    }

    @Test
    void sparsePatternsAreTheWorkedOnes() {
        // Given six patches in a sequence
        int tokens = 6;

        // When
        String strided = rows(strided(3), tokens);
        String fixed = rows(fixed(3, 1), tokens);
        String every = rows(new Pattern.Every(3), tokens);

        // Then: spec 4.6
        assertThat(strided).isEqualTo("111100 111110 111111 111111 011111 001111");
        assertThat(every).isEqualTo("100100 010010 001001 100100 010010 001001");
        assertThat(fixed).isEqualTo("111001 111001 111001 001111 001111 001111");
    }

    @Test
    void zerosOutsideAreCountedAsOneLogit() {
        // Given a class token, which has no place, and 3 x 3 patches
        Grid grid = new Grid(3, true);

        // When
        float[] outside = new Pattern.Local(3, Pattern.Border.ZERO)
                .outside(grid)
                .orElseThrow()
                .values();

        // Then: five of nine are outside at a corner, three at an edge
        float corner = (float) Math.log(5);
        float edge = (float) Math.log(3);
        float none = Float.NEGATIVE_INFINITY;
        assertThat(outside).containsExactly(none, corner, edge, corner, edge, none, edge, corner, edge, corner);
        assertThat(local(3).outside(grid)).isEmpty();
    }

    @Test
    void theClassTokenSeesAndIsSeenByAll() {
        // Given
        Grid grid = new Grid(2, true);

        // When
        float[] mask = new Pattern.Block(1, 0).mask(grid, 3).values();

        // Then
        float no = Float.NEGATIVE_INFINITY;
        assertThat(mask)
                .containsExactly(
                        0, 0, 0, 0, 0, //
                        0, 0, no, no, no, //
                        0, no, 0, no, no, //
                        0, no, no, 0, no, //
                        0, no, no, no, 0);
    }

    @Test
    void halfOfTheHeadsHaveThePatternOfTheOtherHalf() {
        // Given
        Grid grid = new Grid(2, false);
        Pattern rows = new Pattern.Run(2);
        Pattern columns = new Pattern.Every(2);

        // When
        Constant mask = new Pattern.Split(rows, columns).mask(grid, 3);

        // Then: two of three heads see rows
        float[] first = rows.mask(grid, 3).values();
        float[] second = columns.mask(grid, 3).values();
        assertThat(first).isNotEqualTo(second);
        assertThat(mask.shape()).containsExactly(3, 4, 4);
        assertThat(Arrays.copyOfRange(mask.values(), 0, 16)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(mask.values(), 16, 32)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(mask.values(), 32, 48)).isEqualTo(second);
    }

    private static Pattern strided(int stride) {
        return new Pattern.Merged(new Pattern.Near(stride), new Pattern.Every(stride));
    }

    private static Pattern fixed(int stride, int last) {
        return new Pattern.Merged(new Pattern.Run(stride), new Pattern.Ends(stride, last));
    }

    private static String rows(Pattern pattern, int tokens) {
        StringBuilder text = new StringBuilder();
        for (int query = 0; query < tokens; query++) {
            text.append(query == 0 ? "" : " ");
            for (int key = 0; key < tokens; key++) {
                text.append(pattern.allows(tokens, query, key) ? '1' : '0');
            }
        }
        return text.toString();
    }

    private static Pattern local(int window) {
        return new Pattern.Local(window, Pattern.Border.CLIP);
    }
}

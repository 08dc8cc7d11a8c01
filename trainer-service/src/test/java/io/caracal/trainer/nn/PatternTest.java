package io.caracal.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

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
                Arguments.of(new Pattern.Local(7), 14, 7_396),
                Arguments.of(new Pattern.Cross(), 14, 5_292),
                Arguments.of(new Pattern.Strided(14), 14, 7_658),
                Arguments.of(new Pattern.Fixed(14, 1), 14, 5_292),
                Arguments.of(new Pattern.Fixed(14, 2), 14, 7_840),
                Arguments.of(new Pattern.Full(), 7, 2_401),
                Arguments.of(new Pattern.Local(3), 7, 361),
                Arguments.of(new Pattern.Cross(), 7, 637),
                Arguments.of(new Pattern.Strided(7), 7, 889),
                Arguments.of(new Pattern.Fixed(7, 1), 7, 637),
                Arguments.of(new Pattern.Fixed(7, 2), 7, 931),
                Arguments.of(new Pattern.Block(2, 0), 4, 64),
                Arguments.of(new Pattern.Block(2, 1), 4, 36),
                Arguments.of(new Pattern.Local(3), 4, 100),
                Arguments.of(new Pattern.Cross(), 4, 112),
                Arguments.of(new Pattern.Strided(4), 4, 148),
                Arguments.of(new Pattern.Fixed(4, 1), 4, 112));
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
        String strided = rows(new Pattern.Strided(3), tokens);
        String fixed = rows(new Pattern.Fixed(3, 1), tokens);

        // Then: spec 4.6
        assertThat(strided).isEqualTo("111100 111110 111111 111111 011111 001111");
        assertThat(fixed).isEqualTo("111001 111001 111001 001111 001111 001111");
    }

    @Test
    void theClassTokenSeesAndIsSeenByAll() {
        // Given
        Grid grid = new Grid(2, true);

        // When
        float[] mask = new Pattern.Block(1, 0).mask(grid).values();

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
}

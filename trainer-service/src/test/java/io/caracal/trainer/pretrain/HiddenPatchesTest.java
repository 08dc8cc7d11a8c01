package io.caracal.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.Masking;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenPatchesTest {
    private static final int PATCHES = 49;

    @Test
    void halfAreChosenAndReplacedInThePapersShares() {
        // Given
        SplittableRandom random = new SplittableRandom(1);
        int images = 4_000;
        int masked = 0;
        int replaced = 0;
        int[] chosen = new int[PATCHES];
        for (int image = 0; image < images; image++) {

            // When
            HiddenPatches hidden = HiddenPatches.draw(PATCHES, Masking.PAPER, random);

            // Then
            assertThat(hidden.chosen()).hasSize(25).isSorted().doesNotHaveDuplicates();
            for (int patch : hidden.chosen()) {
                chosen[patch]++;
            }
            for (int patch = 0; patch < PATCHES; patch++) {
                int source = hidden.sources()[patch];
                boolean changed = source != patch;
                assertThat(changed && Arrays.binarySearch(hidden.chosen(), patch) < 0)
                        .isFalse();
                masked += source == HiddenPatches.MASK ? 1 : 0;
                replaced += changed && source != HiddenPatches.MASK ? 1 : 0;
            }
        }
        double all = images * 25.0;
        assertThat(masked / all).isCloseTo(.8, within(.01));
        assertThat(replaced / all).isCloseTo(.1, within(.01));
        assertThat(IntStream.of(chosen).mapToDouble(n -> (double) n / images))
                .allSatisfy(share -> assertThat(share).isCloseTo(25.0 / 49, within(.04)));
    }

    @Test
    void anotherPatchIsAnyOther() {
        // Given everything replaced by another one
        SplittableRandom random = new SplittableRandom(1);
        int[][] seen = new int[3][3];
        for (int i = 0; i < 600; i++) {

            // When
            int[] sources = HiddenPatches.draw(3, new Masking(1, 0, 1), random).sources();

            // Then
            for (int patch = 0; patch < 3; patch++) {
                seen[patch][sources[patch]]++;
            }
        }
        for (int patch = 0; patch < 3; patch++) {
            for (int source = 0; source < 3; source++) {
                assertThat(seen[patch][source] / 600.0).isCloseTo(patch == source ? 0 : .5, within(.1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({".5, 196, 98", ".5, 49, 25", ".15, 196, 30", ".1, 10, 1", ".01, 4, 1", "1, 16, 16"})
    void sharesAreRoundedUp(float share, int patches, int chosen) {
        // When
        int count = new Masking(share, .8f, .1f).chosen(patches);

        // Then
        assertThat(count).isEqualTo(chosen);
    }
}

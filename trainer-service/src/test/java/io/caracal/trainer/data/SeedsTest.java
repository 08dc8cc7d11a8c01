package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void sameAddressGivesTheSameStream() {
        // When
        long again = Seeds.random(7, 1, 2).nextLong();

        // Then
        assertThat(again).isEqualTo(Seeds.random(7, 1, 2).nextLong());
    }

    @Test
    void neighbouringAddressesGiveDifferentStreams() {
        // Given
        Set<Long> first = new HashSet<>();

        // When
        for (int seed = 0; seed < 10; seed++) {
            for (int epoch = 0; epoch < 10; epoch++) {
                for (int image = 0; image < 100; image++) {
                    first.add(Seeds.random(seed, epoch, image).nextLong());
                }
            }
        }

        // Then
        assertThat(first).hasSize(10_000);
    }

    @Test
    void permutationHasEveryNumberOnce() {
        // When
        int[] order = Seeds.permutation(1_000, Seeds.random(1));

        // Then
        assertThat(order).isNotEqualTo(IntStream.range(0, 1_000).toArray());
        assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 1_000).toArray());
    }
}

package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunIdTest {

    @Test
    void saysWhenAndCanBeAFileName() {
        // When
        String id = RunId.of(Instant.parse("2026-11-21T08:59:59.123Z"), new Random(1));

        // Then
        assertThat(id).matches("20261121t085959123z-[0-9a-z]{4}");
    }

    @Test
    void sortsByTime() {
        // Given
        Instant start = Instant.parse("2026-12-31T23:59:59.990Z");
        var random = new Random(2);

        // When
        List<String> ids = IntStream.range(0, 100)
                .mapToObj(i -> RunId.of(start.plusMillis(i), random))
                .toList();

        // Then
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }
}

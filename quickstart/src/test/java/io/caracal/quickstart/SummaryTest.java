package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final Summary SUMMARY = new Summary(
            10,
            9,
            1,
            0,
            0,
            0.9,
            123.5,
            new Latencies.Percentiles(20.5, 99),
            new Summary.Model("seed-cnn", "v1", "ab", 1e-6, 0.91));

    @Test
    void isWrittenWithTheNamesThatAreDocumented(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("s.json");

        // When
        SUMMARY.write(file);

        // Then
        assertThat(Files.readString(file))
                .isEqualTo("{\"images_sent\":10,\"predictions\":9,\"rejected\":1,\"lost\":0,\"duplicated\":0,"
                        + "\"accuracy\":0.9,\"images_per_second\":123.5,\"latency_ms\":{\"p50\":20.5,\"p99\":99.0},"
                        + "\"model\":{\"name\":\"seed-cnn\",\"version\":\"v1\",\"sha256\":\"ab\","
                        + "\"parity_max_abs\":1.0E-6,\"test_accuracy\":0.91}}");
    }

    @Test
    void exactlyOnceMeansAllOfThemAndNoneTwice() {
        // Given
        int planned = 10;

        // When
        boolean all = SUMMARY.exactlyOnce(planned);

        // Then
        assertThat(all).isTrue();
        assertThat(SUMMARY.exactlyOnce(11)).isFalse();
        assertThat(with(1, 0).exactlyOnce(planned)).isFalse();
        assertThat(with(0, 1).exactlyOnce(planned)).isFalse();
    }

    private static Summary with(int lost, int duplicated) {
        return new Summary(10, 9 - lost, 1, lost, duplicated, 0.9, 123.5, SUMMARY.latencyMs(), SUMMARY.model());
    }
}

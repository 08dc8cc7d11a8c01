package io.caracal.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 999",
        "1000, 1.00 k",
        "29600, 29.6 k",
        "6719746, 6.72 M",
        "630767362, 631 M",
        "999999, 1.00 M",
        "9999, 10.0 k",
        "167000000000, 167 G"
    })
    void briefHasThreeDigits(long number, String brief) {
        // When, Then
        assertThat(Numbers.brief(number)).isEqualTo(brief);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 KiB", "118400, 115.6 KiB", "1048576, 1.0 MiB", "1610612736, 1.5 GiB"})
    void bytes(long bytes, String text) {
        // When, Then
        assertThat(Numbers.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.04, 0.0 s",
        "59.94, 59.9 s",
        "59.99, 60.0 s",
        "245, 4 min 5 s",
        "3599.7, 1 h 0 min",
        "7380, 2 h 3 min"
    })
    void duration(double seconds, String duration) {
        // When, Then
        assertThat(Numbers.duration(seconds)).isEqualTo(duration);
    }
}

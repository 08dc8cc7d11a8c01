package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "epochs, epochs, 0", "EPOCHS, epochs, 0", "'', abc, 3", "abc, '', 3"})
    void distanceIsOfLetters(String one, String other, int distance) {
        // When, Then
        assertThat(Nearest.distance(one, other)).isEqualTo(distance);
        assertThat(Nearest.distance(other, one)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch, ' (did you mean epochs?)'",
        "batchsize, ' (did you mean batchSize?)'",
        "sede, ' (did you mean seed?)'",
        "colour, ''",
        "x, ''"
    })
    void hintIsTheNameThatWasMeant(String given, String hint) {
        // When, Then
        assertThat(Nearest.hint(given, List.of("epochs", "batchSize", "seed", "patience")))
                .isEqualTo(hint);
    }
}

package io.caracal.trainer.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.Presets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the integers of spec 2 and 4.1.
class DescriptionTest {

    @ParameterizedTest
    @CsvSource({"seed-cnn, 2, 29600, 9351236", "seed-vit, 2, 6719746, 364560640"})
    void countsParametersAndMultiplyAccumulates(String preset, int classes, long parameters, long macs) {
        // Given
        var architecture = new Presets().named(preset);

        // When
        Description description = Description.of(architecture, classes);

        // Then
        assertThat(description.parameters()).isEqualTo(parameters);
        assertThat(description.macs()).isEqualTo(macs);
    }
}

package io.caracal.trainer.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.Presets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the integers of spec 2 and 4.1. MACs that it gives for 1000 classes only are, for two, less by 998 times the
/// inputs of the head.
class DescriptionTest {

    @ParameterizedTest
    @CsvSource({
        "seed-cnn, 2, 29600, 9351236",
        "seed-vit, 2, 6719746, 364560640",
        "resnet-18, 1000, 11689512, 1814073344",
        "resnet-18, 2, 11177538, 1813562368",
        "resnet-50, 1000, 25557032, 4089184256",
        "resnet-50, 2, 23512130, 4087140352"
    })
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

package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.describe.Description;
import io.caracal.trainer.models.CompactTransformer.Positions;
import io.caracal.trainer.models.CompactTransformer.Size;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Against the numbers of spec 2.11 a and 4.13.
class CompactTransformerTest {

    @ParameterizedTest
    @CsvSource({
        "cct-2-3x2, 10, 283723, 35341568",
        "cct-4-3x2, 10, 482123, 50021632",
        "cct-6-3x1, 10, 3233803, 1013844480",
        "cct-7-3x1, 10, 3760139, 1181616640",
        "cct-7-7x2, 2, 4548035, 1604528640",
        "cct-7-3x2, 2, 4096963, 8149008896",
        "cct-14-7x2, 1000, 22367273, 5521901568",
        "cct-14-7x2, 2, 21983043, 5521518336"
    })
    void countsParametersAndMultiplyAccumulates(String preset, int classes, long parameters, long macs) {
        // Given
        Architecture architecture = new Presets().named(preset);

        // When
        Description description = Description.of(architecture, classes);

        // Then
        assertThat(description.parameters()).isEqualTo(parameters);
        assertThat(description.macs()).isEqualTo(macs);
    }

    @Test
    void tokensAreGolden() throws Exception {
        // Given
        CompactTransformer layers = tiny(Positions.LEARNED);

        // When
        Engines.Both tokens = Engines.run(layers, layers::tokens, Filled.image(32), 1, 3, 32, 32);

        // Then
        tokens.startGolden(1e-5, .075047813, .017486753, 0, 0);
    }

    @Test
    void lastTokenIsGolden() throws Exception {
        // Given
        CompactTransformer layers = tiny(Positions.LEARNED);

        // When
        Engines.Both token =
                Engines.run(layers, x -> layers.tokens(x).slice(1, 63, 64), Filled.image(32), 1, 3, 32, 32);

        // Then
        token.startGolden(1e-5, .117034079, 0, 0, 0);
    }

    @Test
    void logitsAreGolden() throws Exception {
        // Given
        CompactTransformer layers = tiny(Positions.LEARNED);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, -.420307521, .026140211, .469200120);
    }

    @ParameterizedTest
    @EnumSource(Positions.class)
    void isExportedWithEveryPosition(Positions positions) throws Exception {
        // Given
        CompactTransformer layers = tiny(positions);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        assertThat(logits.ort()).containsExactly(logits.djl(), within(1e-5f));
    }

    private static CompactTransformer tiny(Positions positions) {
        Options options = new Presets().named("cct-2-3x2").options().with(CompactTransformer.POSITIONS, positions);
        return new CompactTransformer(new Size(2, 4, 2, 16, 3, 2), options, 3);
    }
}

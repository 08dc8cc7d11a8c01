package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTokensTest {

    /// Settings are separated by semicolons. The last norm of these is part of what encodes, or behind the mean.
    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, image-size=48, 1",
        "vit-ti-16, image-size=48;pool=mean, 0",
        "vit-ti-16, image-size=48;pool=mean-then-norm, 0",
        "tnt-ti-16, image-size=48, 1",
        "cct-2-3x2, image-size=24, 0"
    })
    void tokensOfPatchesAreAMapRowByRow(String preset, String settings, int before) throws Exception {
        // Given
        Architecture architecture = Chosen.preset(preset, settings);
        var layers = Reduced.depth(architecture, 1).layers(2);
        var grid = (PatchTokens) layers;
        int size = architecture.imageSize();
        int patches = grid.side() * grid.side();

        // When
        Engines.Both map = Engines.run(layers, x -> grid.patches(grid.encode(x)), Filled.image(size), 1, 3, size, size);
        Engines.Both tokens = Engines.run(layers, grid::encode, Filled.image(size), 1, 3, size, size);

        // Then
        assertThat(map.djl()).hasSize(patches * grid.width());
        for (int patch = 0; patch < patches; patch++) {
            for (int channel = 0; channel < grid.width(); channel++) {
                assertThat(map.djl()[channel * patches + patch])
                        .isEqualTo(tokens.djl()[(before + patch) * grid.width() + channel]);
            }
        }
    }
}

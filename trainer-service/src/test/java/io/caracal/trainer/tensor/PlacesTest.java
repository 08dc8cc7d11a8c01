package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void aPatchCutOutByReshapeAndReadWholeIsSeenWhole() {
        // Given: 49 patches of 32, each flattened
        Places patches = Places.image(224)
                .reshaped(new Shape(1, 3, 7, 32, 7, 32))
                .orElseThrow()
                .permuted(0, 2, 4, 3, 5, 1)
                .reshaped(new Shape(1, 49, 3072))
                .orElseThrow();

        // When
        Places tokens = patches.reading(2).channels(2, 128);

        // Then: spec 4.12, "patch projection alone P"
        assertThat(patches.field()).contains(new ReceptiveField(1, 1));
        assertThat(tokens.field()).contains(new ReceptiveField(32, 32));
    }

    @Test
    void whoReadsAllTokensSeesTheImageAndNoMore() {
        // Given
        Places tokens = Places.image(224)
                .window(16, 16, new Shape(1, 192, 14, 14))
                .flatMap(map -> map.reshaped(new Shape(1, 192, 196)))
                .orElseThrow()
                .permuted(0, 2, 1)
                .behind(1, 1);

        // When
        Places mixed = tokens.reading(1).reading(1);

        // Then
        assertThat(tokens.field()).contains(new ReceptiveField(16, 16));
        assertThat(mixed.field()).contains(new ReceptiveField(224, 16));
    }

    @Test
    void rowsOfPatchesAreLinesOfTheirOwn() {
        // Given
        Places grid = Places.image(224)
                .window(16, 16, new Shape(1, 8, 14, 14))
                .flatMap(map -> map.reshaped(new Shape(1, 8, 196)))
                .map(map -> map.permuted(0, 2, 1))
                .flatMap(tokens -> tokens.reshaped(new Shape(14, 14, 8)))
                .orElseThrow();

        // When
        Places rows = grid.reading(1);

        // Then
        assertThat(rows.width()).isEqualTo(224);
        assertThat(rows.height()).isEqualTo(16);
    }

    @Test
    void unequalPartsOfARowAreNotFollowed() {
        // Given
        Places image = Places.image(6);

        // When
        var cut = image.reshaped(new Shape(1, 3, 4, 9));

        // Then
        assertThat(cut).isEmpty();
    }
}

package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Reduced;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Combinations of options that change a graph, in two narrow layers, with the patch tokens as an output, and
/// convolutional networks whole.
/// [FullParity] has more of them, and whole presets.
class ExportedOptionsTest {
    private static final int IMAGES = 6;

    @TempDir
    private Path folder;

    @Test
    void combinationsOfAVisionTransformerAreExported() throws Exception {
        // Given: 10 kinds of attention with 8 of positions and 2 of pooling, 2 kinds with 5 of positions and 1 of
        // pooling, 1 with 5 of positions and 2 of pooling; 2 heads and 2 kinds of GELU take turns
        List<Architecture> combinations = Reduced.visionTransformers();
        assertThat(combinations).hasSize((10 * 8 * 2 + 2 * 5 + 5 * 2) * 2 * 2);
        List<Architecture> inTurn = IntStream.range(0, combinations.size() / 4)
                .mapToObj(i -> combinations.get(4 * i + i % 4))
                .toList();

        // When, Then
        allPass(inTurn, new Export(true));
    }

    @Test
    void everyOptionOfAHybridIsExported() throws Exception {
        // Given: 13 kinds of attention, 8 of positions, another head, another GELU; 2 backbones
        List<Architecture> hybrids = Reduced.hybrids();
        assertThat(hybrids).hasSize((13 + 8 + 1 + 1) * 2);

        // When, Then
        allPass(hybrids, new Export(true));
    }

    @Test
    void everyCombinationOfTheOtherFamiliesIsExported() throws Exception {
        // Given
        List<Architecture> combinations = Reduced.others();
        assertThat(combinations).hasSize(4 + 3 + 4);

        // When, Then
        allPass(combinations, new Export(true));
    }

    @Test
    void convolutionalNetworksAreExportedForOtherImages() throws Exception {
        // Given
        List<Architecture> networks = Reduced.convolutional();
        assertThat(networks).hasSize(4);

        // When, Then
        allPass(networks, Export.PLAIN);
    }

    @Test
    void optionsThatLeaveShapesAsTheyAreAreExported() throws Exception {
        // Given
        List<Architecture> models = Reduced.sameShapes();
        assertThat(models).hasSize(4 + 2 + 3 + 2);

        // When, Then
        allPass(models, new Export(true));
    }

    private void allPass(List<Architecture> combinations, Export export) throws Exception {
        Exported exported = new Exported(folder, IMAGES);
        for (Architecture architecture : combinations) {
            Parity parity = exported.parity(architecture, export);
            assertThat(parity.passed())
                    .as("%s %s: %s", architecture.name(), architecture.options(), parity.summary())
                    .isTrue();
        }
    }
}

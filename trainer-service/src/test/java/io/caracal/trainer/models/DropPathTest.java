package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Constants;
import io.caracal.trainer.tensor.Dropout;
import io.caracal.trainer.tensor.Eager;
import io.caracal.trainer.tensor.Gradients;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rates at which residual branches are left out in training.
@ExtendWith(ComputeExtension.class)
class DropPathTest {
    private static final String SMALL = "image-size=32;dropout=0;attention-dropout=0;drop-path=.1";

    /// In the order in which branches run; one with a rate of 0 asks for nothing.
    private static List<Float> rates(Architecture architecture, Compute compute) {
        List<Float> rates = new ArrayList<>();
        Dropout heard = (x, rate) -> {
            rates.add(rate);
            return x;
        };
        int size = architecture.imageSize();
        try (Network network = Network.create(architecture, 2, compute, 1);
                NDManager scope = compute.newScope();
                Gradients _ = Gradients.off()) {
            network.forward(new Eager(scope.zeros(new Shape(1, 3, size, size)), true, heard, new Constants(scope)));
        }
        return rates;
    }

    /// Spec 4.8: from 0 in the first layer in equal steps to the whole rate in the last one, .00909091 each of
    /// twelve layers.
    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, pool=cls, 12, 2",
        "vit-ti-16, pool=mean;attention=axial, 12, 4",
        "vit-ti-16, pool=mean;attention=axial-lite, 12, 3",
        "tnt-ti-16, positions=learned, 12, 4",
        "cct-7-3x1, positions=learned, 7, 2"
    })
    void growsFromLayerToLayer(String preset, String settings, int depth, int branches, Compute compute) {
        // Given
        Architecture architecture = Chosen.preset(preset, SMALL + ";" + settings);

        // When
        List<Float> rates = rates(architecture, compute);

        // Then
        List<Double> expected = IntStream.range(1, depth)
                .mapToObj(layer -> Collections.nCopies(branches, .1 * layer / (depth - 1)))
                .flatMap(List::stream)
                .toList();
        assertThat(rates)
                .zipSatisfy(
                        expected, (rate, wanted) -> assertThat((double) rate).isCloseTo(wanted, within(1e-7)));
    }

    /// Spec 6: as the authors' code has it.
    @Test
    void isTheSameInEveryLayerOfATransformerForSmallData(Compute compute) {
        // Given
        Architecture architecture = Chosen.preset("sl-vit-32-4", SMALL);

        // When
        List<Float> rates = rates(architecture, compute);

        // Then
        assertThat(rates).hasSize(9 * 2).containsOnly(.1f);
    }
}

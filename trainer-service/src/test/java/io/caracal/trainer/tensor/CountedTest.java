package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.caracal.trainer.nn.Attention;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void aConvolutionCostsItsKernelAtEachPlace() {
        // Given
        Layer conv = new Conv(3, 16, 3, 2, 0);
        OperationLog log = OperationLog.of(conv.weights());

        // When
        conv.forward(Counted.image(224, log));

        // Then: spec 2.1
        assertThat(log.operations())
                .containsExactly(new Operation(
                        "weight",
                        "conv 3x3/2",
                        new Shape(1, 16, 111, 111),
                        111 * 111 * 16 * 27,
                        16 * 111 * 111,
                        Optional.empty(),
                        Optional.of(new ReceptiveField(3, 2))));
    }

    @Test
    void attentionCostsTwoProductsOfAllPairs() {
        // Given
        Layer attention = new Attention(128, new Heads(8, 64), false, 0);
        OperationLog log = OperationLog.of(attention.weights());

        // When
        attention.forward(new Counted(new Shape(1, 50, 128), Optional.empty(), log));

        // Then
        assertThat(log.operations()).extracting(Operation::layer).containsExactly("qkv", "attention", "proj");
        assertThat(log.operations())
                .extracting(Operation::macs)
                .containsExactly(50L * 128 * 1536, 2L * 50 * 50 * 512, 50L * 512 * 128);
        assertThat(log.operations())
                .extracting(Operation::attention)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new Operation.Attention(Optional.of(new Shape(1, 8, 50, 50)), 0)),
                        Optional.empty());
    }

    @Test
    void viewsCostNothing() {
        // Given
        OperationLog log = OperationLog.of(Map.of());
        Counted x = new Counted(new Shape(1, 6, 4), Optional.empty(), log);

        // When
        List<Tensor> parts = x.permute(0, 2, 1).reshape(0, -1, 3).split(3);

        // Then
        assertThat(parts).hasSize(3).allMatch(part -> ((Counted) part).shape().equals(new Shape(1, 8, 1)));
        assertThat(log.operations()).isEmpty();
    }

    /// Spec 4.12: the thirteen convolutions of VGG-16, whose widths do not matter here, and its last pooling.
    @Test
    void whatAPlaceSeesGrowsAsInVgg() {
        // Given
        List<Integer> convolutions = List.of(2, 2, 3, 3, 3);
        Conv conv = new Conv(3, 3, 3, 1, 1);
        OperationLog log = OperationLog.of(conv.weights());

        // When
        Tensor x = Counted.image(224, log);
        for (int count : convolutions) {
            for (int i = 0; i < count; i++) {
                x = conv.forward(x);
            }
            x = x.maxPool(2);
        }

        // Then
        assertThat(log.operations())
                .filteredOn(operation -> operation.kind().startsWith("conv"))
                .extracting(operation -> operation.field().orElseThrow().size())
                .containsExactly(3, 5, 10, 14, 24, 32, 40, 60, 76, 92, 132, 164, 196);
        assertThat(log.operations().getLast().field()).contains(new ReceptiveField(212, 32));
    }

    @Test
    void whatDoesNotFitIsSaid() {
        // Given
        Layer conv = new Conv(4, 16, 3, 2, 0);
        Counted image = Counted.image(224, OperationLog.of(conv.weights()));

        // When
        var refused = assertThatThrownBy(() -> conv.forward(image));

        // Then
        refused.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a convolution of 4 channels does not fit (1, 3, 224, 224)");
    }
}

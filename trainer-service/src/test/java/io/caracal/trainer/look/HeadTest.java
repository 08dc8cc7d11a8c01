package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.onnx.Operation;
import io.caracal.onnx.Outline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

    private static Outline outline(Operation... operations) {
        return new Outline(List.of(operations), Set.of("weight"), List.of("y"));
    }

    private static Operation operation(String operator, List<String> inputs, List<String> outputs) {
        return new Operation("", operator, inputs, outputs, Map.of(), Map.of());
    }

    @Test
    void lastLinearLayerAndTheMeanBeforeItAreFound() {
        // Given
        Outline outline = outline(
                operation("GlobalAveragePool", List.of("maps"), List.of("mean")),
                operation("Flatten", List.of("mean"), List.of("features")),
                operation("MatMul", List.of("features", "weight"), List.of("product")),
                operation("Identity", List.of("product"), List.of("y")));

        // When
        Head head = Head.of(outline, "y").orElseThrow();

        // Then
        assertThat(head).isEqualTo(new Head("features", "weight", false));
        assertThat(head.pool(outline)).contains(new Head.Pool("maps", "mean"));
    }

    /// What ONNX Runtime would refuse is looked at before it is opened.
    @ParameterizedTest
    @ValueSource(strings = {"MatMul", "Gemm", "Identity", "Add", "Softmax"})
    void operationWithoutInputsIsNoHead(String operator) {
        // Given
        Outline outline = outline(operation(operator, List.of(), List.of("y")));

        // When, Then
        assertThat(Head.of(outline, "y")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GlobalAveragePool", "Flatten"})
    void operationWithoutInputsIsNoPool(String operator) {
        // Given
        Outline outline = outline(operation(operator, List.of(), List.of("features")));

        // When, Then
        assertThat(new Head("features", "weight", false).pool(outline)).isEmpty();
    }

    @Test
    void softmaxWithoutOutputIsNoAttention() {
        // When
        AttentionEdges edges = AttentionEdges.of(outline(operation("Softmax", List.of("x"), List.of())));

        // Then
        assertThat(edges.names()).isEmpty();
    }
}

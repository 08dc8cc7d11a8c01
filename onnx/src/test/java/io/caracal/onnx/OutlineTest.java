package io.caracal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlineTest {

    private static byte[] file() {
        Graph graph = new Graph("g");
        Edge x = graph.input("x", ElementType.FLOAT, Graph.BATCH, 6);
        Edge weight = graph.floats("weight", new long[] {6, 2}, new float[12]);
        Edge y = graph.op("MatMul", x, weight).edge();
        Edge mixed = graph.microsoft("Odd", y, Edge.NONE, x)
                .with("num_heads", 3)
                .with("scale", .25f)
                .with("mode", "fast")
                .edge();
        graph.output("out", mixed, ElementType.FLOAT, Graph.BATCH, 2);
        return graph.toBytes(Map.of("k", "v"));
    }

    @Test
    void readsWhatTheWriterWrote() throws MalformedGraphException {
        // When
        Outline outline = Outline.read(ByteBuffer.wrap(file()));

        // Then
        assertThat(outline.weights()).containsExactly("weight");
        assertThat(outline.outputs()).containsExactly("out");
        assertThat(outline.operations())
                .containsExactly(
                        new Operation("", "MatMul", List.of("x", "weight"), List.of("matmul"), Map.of(), Map.of()),
                        new Operation(
                                "com.microsoft",
                                "Odd",
                                List.of("matmul", "", "x"),
                                List.of("odd"),
                                Map.of("num_heads", 3L),
                                Map.of("scale", .25f)),
                        new Operation("", "Identity", List.of("odd"), List.of("out"), Map.of(), Map.of()));
        assertThat(outline.producer("odd")).contains(outline.operations().get(1));
        assertThat(outline.producer("x")).isEmpty();
    }

    @Test
    void whatIsAppendedBelongsToTheGraph() throws MalformedGraphException {
        // Given
        byte[] file = file();
        byte[] appendix = Taps.appendix(List.of("matmul", "weight", "matmul"));
        ByteBuffer both = ByteBuffer.allocate(file.length + appendix.length)
                .put(file)
                .put(appendix)
                .flip();

        // When
        Outline outline = Outline.read(both);

        // Then
        assertThat(outline.operations()).hasSize(5);
        assertThat(outline.operations().get(3).outputs()).containsExactly("tap/matmul");
        assertThat(outline.operations().get(4).inputs()).containsExactly("weight");
        assertThat(both.position()).isZero();
    }

    @Test
    void whatIsNoModelIsRefusedInOneLine() {
        // Given
        byte[] text = "%PDF-1.7\n%not a model".getBytes(StandardCharsets.US_ASCII);

        // When / Then
        assertThatThrownBy(() -> Outline.read(ByteBuffer.wrap(text)))
                .isInstanceOf(MalformedGraphException.class)
                .hasMessageStartingWith("not an ONNX model: ");
        assertThatThrownBy(() -> Outline.read(ByteBuffer.allocate(0)))
                .hasMessage("not an ONNX model: it has no graph with nodes");
    }

    /// Whoever goes back through a graph from its output comes to an end.
    @Test
    void circleIsRefused() {
        // Given
        byte[] itself = model(node("a", "a"));
        byte[] two = model(node("a", "b"), node("b", "a"));

        // When / Then
        assertThatThrownBy(() -> Outline.read(ByteBuffer.wrap(itself)))
                .isInstanceOf(MalformedGraphException.class)
                .hasMessage("not an ONNX model: a node takes an edge before it is there");
        assertThatThrownBy(() -> Outline.read(ByteBuffer.wrap(two)))
                .hasMessage("not an ONNX model: a node takes an edge before it is there");
    }

    private static Proto node(String input, String output) {
        return new Proto().text(1, input).text(2, output).text(4, "Identity");
    }

    private static byte[] model(Proto... nodes) {
        Proto graph = new Proto();
        for (Proto node : nodes) {
            graph.message(1, node);
        }
        return new Proto().message(7, graph).toBytes();
    }

    /// Any bytes are read or refused, in time and memory that their number bounds.
    @Test
    void damagedFilesAreReadOrRefused() {
        // Given
        byte[] whole = file();

        // When
        int refused = Damaged.refused(whole, Outline::read);

        // Then
        assertThat(refused).isGreaterThan(10_000);
    }
}

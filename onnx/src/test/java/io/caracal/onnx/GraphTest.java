package io.caracal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    void writesEveryByteOfASmallGraph() {
        // Given
        Graph graph = new Graph("g", new Versions(9, 20));
        Edge x = graph.input("x", ElementType.UINT8, Graph.BATCH, 300);
        Edge floats = graph.op("Cast", x).with("to", ElementType.FLOAT).edge();
        Edge half = graph.scalar("half", 0.5f);
        graph.output("y", graph.op("Mul", floats, half).edge(), ElementType.FLOAT, Graph.BATCH, 300);

        // When
        byte[] file = graph.toBytes(Map.of("k", "v"));

        // Then: field by field as in onnx.proto
        assertThat(HexFormat.of().formatHex(file))
                .isEqualTo(String.join(
                        "",
                        "0809", // ir_version 9
                        "1207" + text("caracal"), // producer_name
                        "3a9f01", // graph, 159 bytes
                        "0a20", // node
                        "0a01" + text("x") + "1204" + text("cast") + "1a04" + text("cast") + "2204" + text("Cast"),
                        "2a09" + "0a02" + text("to") + "1801" + "a00102",
                        "0a1b", // node
                        "0a04" + text("cast") + "0a04" + text("half"),
                        "1203" + text("mul") + "1a03" + text("mul") + "2203" + text("Mul"),
                        "0a15", // node
                        "0a03" + text("mul") + "1201" + text("y") + "1a01" + text("y") + "2208" + text("Identity"),
                        "1201" + text("g"), // graph name
                        "2a0e" + "1001" + "4204" + text("half") + "4a04" + "0000003f", // initializer
                        "5a19" + "0a01" + text("x") + "1214" + "0a12" + "0802" + "120e", // input
                        "0a07" + "1205" + text("batch") + "0a03" + "08ac02",
                        "6219" + "0a01" + text("y") + "1214" + "0a12" + "0801" + "120e", // output
                        "0a07" + "1205" + text("batch") + "0a03" + "08ac02",
                        "4204" + "0a00" + "1014", // opset_import 20
                        "7206" + "0a01" + text("k") + "1201" + text("v"))); // metadata_props
    }

    @Test
    void writesAttributesSeveralOutputsAndRuntimeOperators() {
        // Given
        Graph graph = new Graph("g", Versions.OPSET_23);
        Edge x = graph.input("x", ElementType.FLOAT, Graph.BATCH, 6);

        // When
        List<Edge> parts =
                graph.op("Split", x).with("axis", -1).with("num_outputs", 3).edges(3);
        Edge joined = graph.microsoft("Odd", parts.get(0), Edge.NONE, parts.get(2))
                .with("scale", 0.25f)
                .with("mode", "fast")
                .with("pads", new long[] {0, 1})
                .edge();

        // Then
        assertThat(parts).extracting(Edge::name).containsExactly("split_0", "split_1", "split_2");
        assertThat(joined.name()).isEqualTo("odd");
        String hex = HexFormat.of().formatHex(graph.toBytes(Map.of()));
        assertThat(hex)
                .contains("2a14" + "0a04" + text("axis") + "18ffffffffffffffffff01" + "a00102")
                .contains("0a07" + text("split_0") + "0a00" + "0a07" + text("split_2"))
                .contains("0a05" + text("scale") + "150000803e" + "a00101")
                .contains("0a04" + text("mode") + "2204" + text("fast") + "a00103")
                .contains("0a04" + text("pads") + "4000" + "4001" + "a00107")
                .contains("3a0d" + text("com.microsoft"))
                .contains("4204" + "0a00" + "1017")
                .endsWith("4211" + "0a0d" + text("com.microsoft") + "1001");
    }

    @Test
    void weightsThatWishForTheSameNameGetNumbers() {
        // Given
        Graph graph = new Graph("g");
        Edge first = graph.longs("shape", 0, 8);

        // When
        Edge second = graph.longs("shape", 0, 16);

        // Then
        assertThat(first.name()).isEqualTo("shape");
        assertThat(second.name()).isEqualTo("shape_1");
    }

    @Test
    void refusesWhatWouldNotBeAGraph() {
        // Given
        Graph graph = new Graph("g");

        // When
        Edge input = graph.input("x", ElementType.FLOAT, 2);

        // Then
        assertThatThrownBy(() -> graph.input("x", ElementType.FLOAT, 2)).hasMessage("the name x is taken in graph g");
        assertThatThrownBy(() -> graph.output("x", input, ElementType.FLOAT, 2))
                .hasMessage("the name x is taken in graph g");
        assertThatThrownBy(() -> graph.floats("w", new long[] {2, 3}, 1, 2))
                .hasMessage("w has 2 values where its shape asks for 6");
    }

    private static String text(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.caracal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredWeightsTest {

    private static byte[] file() {
        Graph graph = new Graph("g");
        Edge x = graph.input("x", ElementType.FLOAT, Graph.BATCH, 2);
        Edge weight = graph.floats("layer.weight", new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
        Edge scaled = graph.op("Mul", graph.op("MatMul", x, weight).edge(), graph.scalar("factor", .5f))
                .edge();
        Edge shaped = graph.op("Reshape", scaled, graph.longs("shape", 0, 3)).edge();
        graph.output("y", shaped, ElementType.FLOAT, Graph.BATCH, 3);
        return graph.toBytes(Map.of("author", "nobody"));
    }

    @Test
    void readsTheFloatsThatTheWriterWrote() throws MalformedGraphException {
        // When
        StoredWeights stored = StoredWeights.read(ByteBuffer.wrap(file()));

        // Then: a shape is no float
        assertThat(stored.shapes()).containsOnlyKeys("layer.weight", "factor");
        assertThat(stored.shapes().get("layer.weight")).containsExactly(2, 3);
        assertThat(stored.shapes().get("factor")).isEmpty();
        assertThat(stored.values("layer.weight")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(stored.values("layer.weight")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(stored.values("factor")).containsExactly(.5f);
        assertThat(stored.metadata()).isEqualTo(Map.of("author", "nobody"));
    }

    /// As newer writers do it.
    @Test
    void dimensionsMayBePacked() throws MalformedGraphException {
        // Given
        Proto tensor = floats(6).bytes(1, new byte[] {3, 2}).text(8, "w");

        // When
        StoredWeights stored = StoredWeights.read(model(tensor));

        // Then
        assertThat(stored.shapes().get("w")).containsExactly(3, 2);
        assertThat(stored.values("w")).hasSize(6);
    }

    @Test
    void weightsInAnotherFileOrOfHalfPrecisionAreNamed() throws MalformedGraphException {
        // Given
        Proto external = new Proto().number(1, 6).number(2, 1).text(8, "w").number(14, 1);
        Proto half = new Proto().number(1, 1).number(2, 10).text(8, "h").bytes(9, new byte[2]);
        Proto none = new Proto().number(1, 0).number(2, 1).text(8, "nothing");
        ByteBuffer file = model(external, half, none);

        // When
        StoredWeights stored = StoredWeights.read(file);

        // Then
        assertThat(stored.shapes()).isEmpty();
        assertThat(stored.unreadable()).containsExactly("w", "h");
    }

    @ParameterizedTest
    @CsvSource({"7, 1", "-2, -3"})
    void numbersThatDoNotFitTheShapeAreRefused(long rows, long columns) {
        // Given
        Proto tensor = floats(6).number(1, rows).number(1, columns).text(8, "w");

        // When
        var reading = assertThatThrownBy(() -> StoredWeights.read(model(tensor)));

        // Then
        reading.isInstanceOf(MalformedGraphException.class)
                .hasMessage("not an ONNX model: a weight of 24 bytes has the wrong shape");
    }

    /// Any bytes are read or refused, in time and memory that their number bounds.
    @Test
    void damagedFilesAreReadOrRefused() {
        // Given
        byte[] whole = file();

        // When
        int refused = Damaged.refused(whole, file -> {
            StoredWeights stored = StoredWeights.read(file);
            stored.shapes().keySet().forEach(stored::values);
        });

        // Then
        assertThat(refused).isGreaterThan(10_000);
    }

    private static Proto floats(int count) {
        byte[] raw = ByteBuffer.allocate(count * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .array();
        return new Proto().number(2, 1).bytes(9, raw);
    }

    private static ByteBuffer model(Proto... tensors) {
        Proto graph = new Proto();
        for (Proto tensor : tensors) {
            graph.message(5, tensor);
        }
        return ByteBuffer.wrap(new Proto().message(7, graph).toBytes());
    }
}

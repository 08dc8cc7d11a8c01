package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import io.caracal.onnx.Outline;
import io.caracal.onnx.Taps;
import io.caracal.scoring.Device;
import io.caracal.scoring.InnerValues;
import io.caracal.scoring.Scores;
import io.caracal.trainer.models.TinyVisionTransformer;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Traced;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttentionEdgesTest {

    /// The attention of each block for two images, the second one the tiny model's golden image.
    private static AttentionEdges.Found found(Relative relative) throws Exception {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager memory = compute.newScope()) {
            Layer layer = TinyVisionTransformer.create(relative);
            Filled.parameters(layer, memory);
            Graph graph = new Graph("test");
            Map<Weight, String> names = new HashMap<>();
            layer.weights().forEach((name, weight) -> names.put(weight, name));
            Traced x = new Traced(graph, graph.input("x", ElementType.FLOAT, Graph.BATCH, 3, 32, 32), names);
            graph.output("y", ((Traced) layer.forward(x)).edge(), ElementType.FLOAT, Graph.BATCH, 3);
            byte[] file = graph.toBytes(Map.of());
            AttentionEdges edges = AttentionEdges.of(Outline.read(ByteBuffer.wrap(file)));
            return edges.read(run(file, Taps.appendix(edges.names())), 1).orElseThrow();
        }
    }

    private static InnerValues run(byte[] file, byte[] appendix) throws Exception {
        byte[] tapped = Arrays.copyOf(file, file.length + appendix.length);
        System.arraycopy(appendix, 0, tapped, file.length, appendix.length);
        float[] images = new float[2 * 3 * 32 * 32];
        System.arraycopy(Filled.image(32), 0, images, 3 * 32 * 32, 3 * 32 * 32);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, InnerValues.Values> values = new HashMap<>();
        try (OrtSession session = environment.createSession(tapped);
                OnnxTensor x =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), new long[] {2, 3, 32, 32});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            for (var entry : result) {
                OnnxTensor tensor = (OnnxTensor) entry.getValue();
                float[] floats = new float[tensor.getFloatBuffer().remaining()];
                tensor.getFloatBuffer().get(floats);
                values.put(
                        entry.getKey(), new InnerValues.Values(tensor.getInfo().getShape(), floats));
            }
        }
        return new InnerValues(new Scores(new float[2][3], new float[2][3]), 2, values);
    }

    /// Spec 4.10.
    @Test
    void attentionOfTheFusedOperatorIsGolden() throws Exception {
        // When
        AttentionEdges.Found found = found(Relative.NONE);

        // Then
        assertThat(found.grid()).isEqualTo(new TokenGrid(1, 2));
        assertThat(found.layers()).hasSize(2);
        assertThat(found.layers().getFirst().heads()).isEqualTo(4);
        double[] golden = {.388631415, .171620456, .142789348, .149546072, .147412710};
        for (int key = 0; key < golden.length; key++) {
            assertThat((double) found.layers().getFirst().at(0, 0, key)).isCloseTo(golden[key], within(1e-5));
        }
    }

    /// Relative positions need logits of their own, so that a softmax is in the graph.
    @Test
    void attentionThatIsWrittenOutIsFoundToo() throws Exception {
        // When
        AttentionEdges.Found found = found(Relative.BIAS);

        // Then
        assertThat(found.layers()).hasSize(2).allSatisfy(layer -> {
            assertThat(layer.tokens()).isEqualTo(5);
            double[][] fused = layer.fused(HeadFusion.MEAN);
            for (double[] row : fused) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-5));
            }
        });
    }
}

package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import io.caracal.scoring.Device;
import io.caracal.trainer.nn.Layer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Runs one function over [Tensor] on both engines: on DJL in evaluation mode and, exported, on ONNX Runtime. Checks
/// that [Counted] knows the shape of the result, too.
public final class Engines {
    private Engines() {}

    /// What each engine gave, flat.
    public record Both(float[] djl, float[] ort) {

        public void areGolden(double tolerance, double... golden) {
            assertThat(djl).hasSize(golden.length);
            assertThat(ort).hasSize(golden.length);
            startGolden(tolerance, golden);
        }

        /// @param tolerance relative
        public void haveSum(double tolerance, double golden) {
            assertThat(sum(djl)).as("sum on DJL").isCloseTo(golden, within(golden * tolerance));
            assertThat(sum(ort)).as("sum on ONNX Runtime").isCloseTo(golden, within(golden * tolerance));
        }

        private static double sum(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            return sum;
        }

        public void startGolden(double tolerance, double... golden) {
            for (int i = 0; i < golden.length; i++) {
                assertThat((double) djl[i]).as("value %d on DJL", i).isCloseTo(golden[i], within(tolerance));
                assertThat((double) ort[i]).as("value %d on ONNX Runtime", i).isCloseTo(golden[i], within(tolerance));
            }
        }
    }

    /// @param layer its weights are filled by the rule of spec 4.10
    /// @param function what to compute from the input with the layer or parts of it
    public static Both run(Layer layer, UnaryOperator<Tensor> function, float[] input, long... shape)
            throws OrtException {
        return runFrom(1, layer, function, input, shape);
    }

    /// @param first number of the first parameter in the rule of spec 4.10
    public static Both runFrom(int first, Layer layer, UnaryOperator<Tensor> function, float[] input, long... shape)
            throws OrtException {
        return runWith(memory -> Filled.parameters(layer, memory, first), layer, function, input, shape);
    }

    /// @param weights gives the layer its weights, in memory of this manager
    public static Both runWith(
            Consumer<NDManager> weights, Layer layer, UnaryOperator<Tensor> function, float[] input, long... shape)
            throws OrtException {
        try (Compute compute = Compute.open(Device.CPU, 1);
                NDManager memory = compute.newScope();
                Gradients _ = Gradients.off()) {
            weights.accept(memory);
            NDArray x = memory.create(FloatBuffer.wrap(input), new Shape(shape));
            NDArray y = ((Eager) function.apply(new Eager(x, false, Dropout.OF_ENGINE, new Constants(x.getManager()))))
                    .array();
            assertThat(counted(layer, function, shape)).as("counted shape").isEqualTo(ofOneImage(y.getShape()));
            return new Both(
                    y.toFloatArray(),
                    onRuntime(layer, function, input, shape, y.getShape().getShape()));
        }
    }

    /// On DJL alone, with the weights that there are.
    public static float[] eager(Compute compute, UnaryOperator<Tensor> function, float[] input, long... shape) {
        try (NDManager memory = compute.newScope();
                Gradients _ = Gradients.off()) {
            NDArray x = memory.create(FloatBuffer.wrap(input), new Shape(shape));
            return ((Eager) function.apply(new Eager(x, false, Dropout.OF_ENGINE, new Constants(x.getManager()))))
                    .array()
                    .toFloatArray();
        }
    }

    private static Shape counted(Layer layer, UnaryOperator<Tensor> function, long[] shape) {
        OperationLog log = OperationLog.of(layer.weights());
        Counted x = new Counted(ofOneImage(new Shape(shape)), Optional.empty(), log);
        return ((Counted) function.apply(x)).shape();
    }

    private static Shape ofOneImage(Shape shape) {
        long[] one = shape.getShape().clone();
        one[0] = 1;
        return new Shape(one);
    }

    private static float[] onRuntime(
            Layer layer, UnaryOperator<Tensor> function, float[] input, long[] shape, long[] result)
            throws OrtException {
        Graph graph = new Graph("test");
        Map<Weight, String> names = new HashMap<>();
        layer.weights().forEach((name, weight) -> names.put(weight, name));
        Traced x = new Traced(graph, graph.input("x", ElementType.FLOAT, open(shape)), names);
        graph.output("y", ((Traced) function.apply(x)).edge(), ElementType.FLOAT, open(result));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(graph.toBytes(Map.of()));
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
                OrtSession.Result results = session.run(Map.of("x", tensor))) {
            FloatBuffer values = ((OnnxTensor) results.get(0)).getFloatBuffer();
            float[] ort = new float[values.remaining()];
            values.get(ort);
            return ort;
        }
    }

    private static long[] open(long[] shape) {
        long[] open = shape.clone();
        open[0] = Graph.BATCH;
        return open;
    }
}

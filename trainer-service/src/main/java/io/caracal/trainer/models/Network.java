package io.caracal.trainer.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.onnx.Edge;
import io.caracal.onnx.Graph;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Constants;
import io.caracal.trainer.tensor.Eager;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Normalization;
import io.caracal.trainer.tensor.Pixels;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Traced;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// An architecture with weights. Owns their native memory. For one thread at a time.
public final class Network implements AutoCloseable {
    private final Architecture architecture;
    private final int classes;
    private final Compute compute;
    private final Normalization normalization;
    private final Layer layers;
    private final Map<String, Weight> weights;
    private final NDManager memory;
    private final Constants constants;

    private Network(Architecture architecture, int classes, Compute compute) {
        this.architecture = architecture;
        this.classes = classes;
        this.compute = compute;
        normalization = architecture.normalization();
        layers = architecture.layers(classes);
        weights = Collections.unmodifiableMap(layers.weights());
        memory = compute.newScope();
        constants = new Constants(memory);
    }

    /// A network with fresh weights.
    ///
    /// @param seed decides the weights, whatever the device
    public static Network create(Architecture architecture, int classes, Compute compute, long seed) {
        Network network = new Network(architecture, classes, compute);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try {
            network.weights.values().forEach(weight -> weight.allocate(network.memory, random));
            return network;
        } catch (RuntimeException | Error e) {
            network.close(); // not enough memory for all of them
            throw e;
        }
    }

    /// The same network elsewhere.
    public Network copy(Compute compute) {
        Network copy = create(architecture, classes, compute, 0);
        try {
            weights.forEach((name, weight) -> copy.weights.get(name).set(weight.values()));
            return copy;
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
    }

    public Architecture architecture() {
        return architecture;
    }

    public int classes() {
        return classes;
    }

    public Compute compute() {
        return compute;
    }

    /// By name, in the order in which the layers declare them.
    public Map<String, Weight> weights() {
        return weights;
    }

    /// Numbers that training may change, frozen or not; running statistics do not count.
    public long parameters() {
        return weights.values().stream()
                .filter(weight -> !weight.isStatistic())
                .mapToLong(Weight::size)
                .sum();
    }

    /// Logits `[count, classes]` in a scope.
    ///
    /// @param pixels in use until `scope` is closed
    /// @param training whether dropout drops and batch statistics are used and kept
    public Eager forward(NDManager scope, Pixels pixels, boolean training) {
        return (Eager) forward(images(scope, pixels, training));
    }

    /// Normalised images `[count, 3, H, W]` in a scope, as the layers take them.
    ///
    /// @param pixels in use until `scope` is closed
    public Tensor images(NDManager scope, Pixels pixels, boolean training) {
        return tensor(pixels.in(scope, architecture.imageSize()), training).normalize(normalization);
    }

    /// An array of this network's device as an operand.
    ///
    /// @param training whether dropout drops and batch statistics are used
    public Eager tensor(NDArray array, boolean training) {
        return new Eager(array, training, compute.dropout(), constants);
    }

    /// What is made of images, for objectives that ask for something else than the labels of images.
    public Layer layers() {
        return layers;
    }

    /// Scores images in evaluation mode, on the engine that trains.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
    /// @return `[count, classes]`
    public float[][] logits(ByteBuffer pixels, int count) {
        try (Gradients _ = Gradients.off();
                NDManager scope = compute.newScope()) {
            return rows(forward(scope, new Pixels(pixels, count), false), count);
        }
    }

    /// What it makes of images before the head, on the engine that trains, in evaluation mode.
    ///
    /// @param pixels direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
    /// @return `[count, D * g * g]`: each image's patch tokens `[D, g, g]`, row-major
    /// @throws IllegalArgumentException if the architecture has no patches: in one line
    public float[][] patchTokens(ByteBuffer pixels, int count) {
        PatchTokens grid = grid();
        try (Gradients _ = Gradients.off();
                NDManager scope = compute.newScope()) {
            return rows(grid.patches(grid.encode(images(scope, new Pixels(pixels, count), false))), count);
        }
    }

    private static float[][] rows(Tensor tensor, int count) {
        float[] flat = ((Eager) tensor).array().toFloatArray();
        int each = flat.length / count;
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(flat, i * each, (i + 1) * each))
                .toArray(float[][]::new);
    }

    /// Appends this network to a graph.
    ///
    /// @param pixels a graph input, `[N, H, W, 3]` of uint8
    /// @return the logits, `[N, classes]`
    public Traced trace(Graph graph, Edge pixels) {
        return (Traced) forward(input(graph, pixels));
    }

    /// A network in a graph.
    ///
    /// @param logits `[N, classes]`
    /// @param patches tokens, `[N, D, g, g]`
    /// @param shape of the patch tokens, N being [Graph#BATCH]
    public record WithPatches(Traced logits, Traced patches, long[] shape) {}

    /// Appends this network to a graph, like [#trace], and its patch tokens.
    ///
    /// @throws IllegalArgumentException if the architecture has no patches: in one line
    public WithPatches traceWithPatches(Graph graph, Edge pixels) {
        PatchTokens grid = grid();
        Tensor encoded = grid.encode(input(graph, pixels));
        return new WithPatches((Traced) grid.classify(encoded), (Traced) grid.patches(encoded), new long[] {
            Graph.BATCH, grid.width(), grid.side(), grid.side()
        });
    }

    private Tensor input(Graph graph, Edge pixels) {
        Map<Weight, String> names = new HashMap<>();
        weights.forEach((name, weight) -> names.put(weight, name));
        return new Traced(graph, pixels, names).normalize(normalization);
    }

    private PatchTokens grid() {
        if (layers instanceof PatchTokens grid) {
            return grid;
        }
        throw new IllegalArgumentException(architecture.name() + " has no patch tokens");
    }

    /// Logits of images that are normalised already.
    ///
    /// @param images `[N, 3, H, W]` of float
    public Tensor forward(Tensor images) {
        return layers.forward(images);
    }

    @Override
    public void close() {
        memory.close();
    }
}

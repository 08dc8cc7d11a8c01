package io.caracal.trainer.tensor;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.caracal.onnx.MalformedGraphException;
import io.caracal.onnx.Outline;
import io.caracal.onnx.StoredWeights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The weights of a model that was exported by [Traced], under the names that they were trained under: what is served
/// can be trained on. Convolutions that standardise their weights have them standardised, which a second time changes
/// nothing.
public final class OnnxFile implements TensorFile {
    private final Arena arena;
    private final StoredWeights stored;
    /// As they are stored.
    private final Map<String, long[]> storedShapes;
    private final Set<String> transposed;

    private OnnxFile(Arena arena, StoredWeights stored, Set<String> transposed) {
        this.arena = arena;
        this.stored = stored;
        storedShapes = stored.shapes();
        this.transposed = transposed;
    }

    /// @throws MalformedTensorsException in one line, if it is not whole or not well-formed
    public static OnnxFile open(Path file) throws IOException {
        Arena arena = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new MalformedTensorsException("not an ONNX model: it is larger than 2 GiB");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer();
            StoredWeights stored = StoredWeights.read(bytes);
            if (!stored.unreadable().isEmpty()) {
                throw new MalformedTensorsException(
                        "whose weight " + stored.unreadable().getFirst()
                                + " is not in it as 32-bit floats; needed is a model as it was exported");
            }
            return new OnnxFile(arena, stored, factors(Outline.read(bytes)));
        } catch (MalformedGraphException e) {
            arena.close();
            throw new MalformedTensorsException(e.getMessage());
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// What stands right in a product: a graph has the weights of linear layers as `[I, O]`.
    private static Set<String> factors(Outline outline) {
        return outline.operations().stream()
                .filter(operation -> operation.operator().equals("MatMul")
                        && operation.inputs().size() == 2)
                .map(operation -> operation.inputs().get(1))
                .filter(outline.weights()::contains)
                .collect(toUnmodifiableSet());
    }

    @Override
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        storedShapes.forEach((name, shape) -> {
            if (!Written.isConstant(name)) {
                shapes.put(name, isTransposed(name, shape) ? new long[] {shape[1], shape[0]} : shape.clone());
            }
        });
        return shapes;
    }

    private boolean isTransposed(String name, long... shape) {
        return shape.length == 2 && transposed.contains(name);
    }

    @Override
    public Map<String, String> metadata() {
        return stored.metadata();
    }

    @Override
    public float[] read(String name) {
        float[] values = stored.values(name);
        long[] shape = storedShapes.get(name);
        return isTransposed(name, shape) ? Traced.transposed(values, (int) shape[0], (int) shape[1]) : values;
    }

    @Override
    public void close() {
        arena.close();
    }
}

package io.caracal.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The initializers of a model file that are 32-bit floats, and what is said about the model. No number is copied
/// before it is asked for.
public final class StoredWeights {

    /// `TensorProto.DataType` of floating-point numbers: of 32, 16, 64 bits, and bfloat16.
    private static final Set<Long> REALS = Set.of(1L, 10L, 11L, 16L);

    /// @param raw little-endian floats, row-major
    private record Tensor(long[] shape, ByteBuffer raw) {}

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private StoredWeights() {}

    /// @param file a whole model, from the position to the limit, valid for as long as this is used
    /// @throws MalformedGraphException if it is not one
    public static StoredWeights read(ByteBuffer file) throws MalformedGraphException {
        StoredWeights stored = new StoredWeights();
        Fields model = new Fields(file);
        while (model.next()) {
            switch (model.field()) {
                case 7 -> stored.graph(model.message());
                case 14 -> stored.property(model.message());
                default -> model.skip();
            }
        }
        return stored;
    }

    /// By name, in the order of the file.
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape));
        return shapes;
    }

    /// @param name one of those that have a shape
    public float[] values(String name) {
        ByteBuffer raw = tensors.get(name).raw;
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /// Names of weights of another precision, in another file, or not in the raw form.
    public List<String> unreadable() {
        return unreadable;
    }

    /// `metadata_props`.
    public Map<String, String> metadata() {
        return metadata;
    }

    private void graph(Fields graph) throws MalformedGraphException {
        while (graph.next()) {
            if (graph.field() == 5) {
                tensor(graph.message());
            } else {
                graph.skip();
            }
        }
    }

    private void tensor(Fields tensor) throws MalformedGraphException {
        List<Long> dimensions = new ArrayList<>();
        long type = 0;
        String name = "";
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> tensor.numbers(dimensions::add);
                case 2 -> type = tensor.number();
                case 8 -> name = tensor.text();
                case 9 -> raw = tensor.bytes();
                default -> tensor.skip();
            }
        }
        long[] shape = dimensions.stream().mapToLong(Long::longValue).toArray();
        if (!REALS.contains(type) || size(shape) == 0) {
            return;
        }
        if (type != ElementType.FLOAT.code() || !raw.hasRemaining()) {
            unreadable.add(name);
            return;
        }
        if (dimensions.stream().anyMatch(dimension -> dimension < 0)
                || size(shape) != raw.remaining() / (double) Float.BYTES) {
            throw new MalformedGraphException(
                    "not an ONNX model: a weight of %d bytes has the wrong shape".formatted(raw.remaining()));
        }
        tensors.put(name, new Tensor(shape, raw));
    }

    /// In floating point: damaged dimensions may overflow.
    private static double size(long... shape) {
        double size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        return size;
    }

    private void property(Fields property) throws MalformedGraphException {
        String key = "";
        String value = "";
        while (property.next()) {
            switch (property.field()) {
                case 1 -> key = property.text();
                case 2 -> value = property.text();
                default -> property.skip();
            }
        }
        metadata.put(key, value);
    }
}

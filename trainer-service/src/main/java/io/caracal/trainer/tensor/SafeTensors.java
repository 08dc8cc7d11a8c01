package io.caracal.trainer.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// The content of a safetensors file (spec 3.5): named tensors and some text. Numbers are 32-bit floats here, whatever
/// they are in the file.
///
/// @param metadata the optional `__metadata__`
public record SafeTensors(Map<String, String> metadata, Map<String, Values> tensors) {
    private static final long MAX_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// @param values row-major
    public record Values(long[] shape, float[] values) {}

    /// Writes 32-bit floats and forces them to the disk.
    public void write(Path file) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        write(file, metadata, shapes, name -> tensors.get(name).values());
    }

    /// The same for tensors that are not in memory all at once.
    ///
    /// @param shapes in the order of the file
    /// @param values of a tensor, row-major; asked for in that order, each once
    public static void write(
            Path file, Map<String, String> metadata, Map<String, long[]> shapes, Function<String, float[]> values)
            throws IOException {
        byte[] header = header(metadata, shapes);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, little(Long.BYTES).putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (String name : shapes.keySet()) {
                float[] numbers = values.apply(name);
                ByteBuffer data = little(numbers.length * Float.BYTES);
                data.asFloatBuffer().put(numbers);
                writeFully(channel, data);
            }
            channel.force(true);
        }
    }

    /// Reads F32, F16, BF16, F64 and I64.
    ///
    /// @throws MalformedTensorsException in one line, if the file is not whole, not well-formed or of another type
    public static SafeTensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            return parse(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (MalformedTensorsException e) {
            throw new MalformedTensorsException(file + " is not a safetensors file: " + e.getMessage());
        }
    }

    /// What a file says it holds, checked against its size.
    ///
    /// @param data what follows the header
    record Index(Map<String, String> metadata, Map<String, StoredTensor> tensors, MemorySegment data) {}

    static SafeTensors parse(MemorySegment file) {
        Index index = index(file);
        Map<String, Values> tensors = new LinkedHashMap<>();
        index.tensors()
                .forEach((name, tensor) -> tensors.put(name, new Values(tensor.shape(), tensor.read(index.data()))));
        return new SafeTensors(index.metadata(), tensors);
    }

    static Index index(MemorySegment file) {
        check(file.byteSize() >= Long.BYTES, "it is shorter than 8 bytes");
        long length = file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        check(length >= 0 && length <= MAX_HEADER && length <= file.byteSize() - Long.BYTES, "its header does not fit");
        JsonNode header = json(file.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE));
        MemorySegment data = file.asSlice(Long.BYTES + length);
        Map<String, String> metadata = new LinkedHashMap<>();
        header.path(METADATA).properties().forEach(entry -> {
            check(entry.getValue().isTextual(), "its metadata is not text");
            metadata.put(entry.getKey(), entry.getValue().textValue());
        });
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        header.properties().stream()
                .filter(entry -> !entry.getKey().equals(METADATA))
                .forEach(entry ->
                        stored.put(entry.getKey(), StoredTensor.of(entry.getKey(), entry.getValue(), data.byteSize())));
        checkTiling(stored, data.byteSize());
        return new Index(metadata, stored, data);
    }

    /// Tensors lie one behind the other, without holes and overlaps.
    private static void checkTiling(Map<String, StoredTensor> tensors, long bytes) {
        long at = 0;
        for (StoredTensor tensor : tensors.values().stream()
                .sorted(Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end))
                .toList()) {
            check(tensor.begin() == at, "its tensors overlap or leave holes");
            at = tensor.end();
        }
        check(at == bytes, "its tensors cover " + at + " of " + bytes + " bytes");
    }

    static void check(boolean right, String otherwise) {
        if (!right) {
            throw new MalformedTensorsException(otherwise);
        }
    }

    private static JsonNode json(byte[] header) {
        try {
            JsonNode node = JSON.readTree(header);
            check(node != null && node.isObject(), "its header is not a JSON object");
            return node;
        } catch (JsonProcessingException e) {
            throw new MalformedTensorsException("its header is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MalformedTensorsException("its header is not JSON: " + e.getMessage());
        }
    }

    /// Padded with spaces so that the numbers start at a multiple of 8.
    private static byte[] header(Map<String, String> metadata, Map<String, long[]> shapes) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode text = root.putObject(METADATA);
        metadata.forEach(text::put);
        long at = 0;
        for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            ObjectNode tensor = root.putObject(entry.getKey()).put("dtype", "F32");
            ArrayNode shape = tensor.putArray("shape");
            long end = at + Float.BYTES * Arrays.stream(entry.getValue()).reduce(1, Math::multiplyExact);
            for (long dimension : entry.getValue()) {
                shape.add(dimension);
            }
            tensor.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        StringBuilder header = new StringBuilder(root.toString());
        int bytes = header.toString().getBytes(StandardCharsets.UTF_8).length;
        header.repeat(' ', Math.floorMod(-bytes, Long.BYTES));
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}

package io.caracal.trainer.tensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// An open safetensors file (spec 3.5), mapped into memory as a whole: files of more than 2 GiB as well.
public final class SafeTensorsFile implements TensorFile {
    private final Arena arena;
    private final SafeTensors.Index index;

    private SafeTensorsFile(Arena arena, SafeTensors.Index index) {
        this.arena = arena;
        this.index = index;
    }

    /// @throws MalformedTensorsException in one line, if it is not whole or not well-formed
    public static SafeTensorsFile open(Path file) throws IOException {
        Arena arena = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(file)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new SafeTensorsFile(arena, SafeTensors.index(bytes));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        index.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    @Override
    public Map<String, String> metadata() {
        return index.metadata();
    }

    @Override
    public float[] read(String name) {
        return index.tensors().get(name).read(index.data());
    }

    @Override
    public void close() {
        arena.close();
    }
}

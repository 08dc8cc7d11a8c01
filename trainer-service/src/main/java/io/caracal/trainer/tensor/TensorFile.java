package io.caracal.trainer.tensor;

import java.io.IOException;
import java.util.Map;

/// Named tensors in an open file. Shapes are known at once, numbers are read when they are asked for, so that a
/// file may be larger than the memory.
public interface TensorFile extends AutoCloseable {

    /// The shape of each tensor by its name, in the order of the file.
    Map<String, long[]> shapes();

    /// Text that the file has beside its tensors.
    Map<String, String> metadata();

    /// The numbers of a tensor, row-major, as 32-bit floats, whatever they are in the file.
    ///
    /// @throws MalformedTensorsException in one line, if they are damaged
    float[] read(String name) throws IOException;

    @Override
    void close() throws IOException;
}

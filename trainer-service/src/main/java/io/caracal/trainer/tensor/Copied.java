package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;

/// Bytes on the device before anybody needs them there. Owns their memory; close it after the pass that reads them.
public final class Copied implements AutoCloseable {
    private final NDManager memory;
    private final NDArray bytes;

    private Copied(NDManager memory, NDArray bytes) {
        this.memory = memory;
        this.bytes = bytes;
    }

    /// @param memory owned by the result, or closed if the device has no room
    /// @param bytes direct buffer; on a CPU it is read in place, so it must not change before the result is closed
    public static Copied to(NDManager memory, ByteBuffer bytes) {
        try {
            return new Copied(memory, memory.create(bytes.slice(), new Shape(bytes.remaining()), DataType.UINT8));
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /// A view that belongs to a scope.
    NDArray in(NDManager scope, Shape shape) {
        NDArray view = bytes.reshape(shape);
        view.attach(scope);
        return view;
    }

    @Override
    public void close() {
        memory.close();
    }
}

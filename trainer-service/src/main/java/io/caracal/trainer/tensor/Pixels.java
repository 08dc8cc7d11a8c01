package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The images of a batch as a network takes them.
///
/// @param bytes direct buffer with `count` images `[H, W, 3]` of uint8 RGB one after the other
/// @param copied the same on the device, if they were copied ahead
public record Pixels(ByteBuffer bytes, int count, Optional<Copied> copied) {

    /// Images that are copied when they are needed.
    public Pixels(ByteBuffer bytes, int count) {
        this(bytes, count, Optional.empty());
    }

    /// `[count, size, size, 3]` of uint8 in a scope. On a CPU the memory is the buffer's own: it must not change before
    /// the scope is closed.
    public NDArray in(NDManager scope, int size) {
        Shape shape = new Shape(count, size, size, 3);
        return copied.map(there -> there.in(scope, shape))
                .orElseGet(() -> scope.create(bytes.slice(), shape, DataType.UINT8));
    }
}

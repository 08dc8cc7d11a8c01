package io.caracal.scoring;

import java.nio.Buffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/// Direct buffers that are used again: at most as many as there are concurrent runs, each as large as the largest
/// run.
final class BufferPool<B extends Buffer> {
    private final ConcurrentLinkedQueue<B> free = new ConcurrentLinkedQueue<>();
    private final IntFunction<B> allocate;

    BufferPool(IntFunction<B> allocate) {
        this.allocate = allocate;
    }

    /// A buffer of at least that capacity, with whatever it held before.
    B take(int capacity) {
        B buffer = free.poll();
        return buffer != null && buffer.capacity() >= capacity ? buffer : allocate.apply(capacity);
    }

    void give(B buffer) {
        free.add(buffer);
    }
}

package io.caracal.trainer.data;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/// Direct buffers for batches, allocated once and used again. Owns their memory: nothing may read a batch after
/// [#close].
final class BatchBuffers implements AutoCloseable {
    private static final int CACHE_LINE = 64;

    private final int bytes;
    private final int limit;
    private final Arena arena = Arena.ofShared();
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int allocated;

    /// @param bytes of one buffer
    /// @param limit how many there are at most
    BatchBuffers(int bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /// @throws IllegalStateException if all are lent: somebody does not close batches
    synchronized ByteBuffer lend() {
        ByteBuffer buffer = free.poll();
        if (buffer != null) {
            return buffer.clear();
        }
        if (allocated == limit) {
            throw new IllegalStateException("all " + limit + " batches are in use: close one before the next");
        }
        allocated++;
        return arena.allocate(bytes, CACHE_LINE).asByteBuffer();
    }

    synchronized void giveBack(ByteBuffer buffer) {
        free.push(buffer);
    }

    /// How many are lent.
    synchronized int lent() {
        return allocated - free.size();
    }

    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            free.clear();
        }
    }
}

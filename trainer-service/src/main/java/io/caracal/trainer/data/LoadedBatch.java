package io.caracal.trainer.data;

import io.caracal.trainer.fit.Batch;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A batch in a lent buffer.
final class LoadedBatch implements Batch {
    private final BatchBuffers buffers;
    private final ByteBuffer pixels;
    private final int[] labels;
    private final float ownShare;
    private boolean closed;

    /// @param pixels from the buffers, position 0, limit after the last image
    /// @param ownShare see [Batch#ownShare]
    LoadedBatch(BatchBuffers buffers, ByteBuffer pixels, int[] labels, float ownShare) {
        this.buffers = buffers;
        this.pixels = pixels;
        this.labels = labels;
        this.ownShare = ownShare;
    }

    @Override
    public ByteBuffer pixels() {
        if (closed) {
            throw new IllegalStateException("the batch is closed");
        }
        return pixels;
    }

    @Override
    public int[] labels() {
        return Arrays.copyOf(labels, labels.length);
    }

    @Override
    public float ownShare() {
        return ownShare;
    }

    @Override
    public int size() {
        return labels.length;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            buffers.giveBack(pixels);
        }
    }
}

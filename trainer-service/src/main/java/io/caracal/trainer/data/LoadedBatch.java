package io.caracal.trainer.data;

import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.tensor.Copied;
import io.caracal.trainer.tensor.Pixels;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A batch in a lent buffer.
final class LoadedBatch implements Batch {
    private final BatchBuffers buffers;
    private final ByteBuffer pixels;
    private final int[] labels;
    private final float ownShare;
    private final Optional<Copied> copied;
    private boolean closed;

    /// @param pixels from the buffers, position 0, limit after the last image
    /// @param ownShare see [Batch#ownShare]
    /// @param copied of the pixels; owned by the batch
    LoadedBatch(BatchBuffers buffers, ByteBuffer pixels, int[] labels, float ownShare, Optional<Copied> copied) {
        this.buffers = buffers;
        this.pixels = pixels;
        this.labels = labels;
        this.ownShare = ownShare;
        this.copied = copied;
    }

    @Override
    public ByteBuffer pixels() {
        if (closed) {
            throw new IllegalStateException("the batch is closed");
        }
        return pixels;
    }

    @Override
    public Pixels input() {
        return new Pixels(pixels(), size(), copied);
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
            copied.ifPresent(Copied::close);
            buffers.giveBack(pixels);
        }
    }
}

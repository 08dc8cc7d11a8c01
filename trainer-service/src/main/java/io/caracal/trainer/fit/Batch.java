package io.caracal.trainer.fit;

import io.caracal.trainer.tensor.Pixels;
import java.nio.ByteBuffer;

/// The images of one training step. Closing it gives the buffer back to its pool.
public interface Batch extends AutoCloseable {

    /// Direct buffer with `size()` images `[H, W, 3]` of uint8 RGB one after the other, from its position to its limit.
    /// Valid until [#close].
    ByteBuffer pixels();

    /// The same for a network, on its device already if they were copied ahead. Valid until [#close].
    default Pixels input() {
        return new Pixels(pixels(), size());
    }

    /// One per image: the index of its class.
    int[] labels();

    /// The share of each image's own label in its target. The rest belongs to the label of the image at the mirrored
    /// place, `size() - 1 - i`, with which mixup or cutmix mixed it.
    default float ownShare() {
        return 1;
    }

    int size();

    @Override
    void close();
}

package io.caracal.trainer.fit;

import java.nio.ByteBuffer;

/// Images that are all of the first class, because nobody asks for it.
public record Unlabelled(ByteBuffer pixels, int size) implements Batch {

    @Override
    public int[] labels() {
        return new int[size];
    }

    @Override
    public void close() {}
}

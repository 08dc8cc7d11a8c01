package io.caracal.trainer.fit;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Noisy grey images of two classes, dark (0) and bright (1). Counts batches that are still open.
final class Bright implements BatchSource {
    private static final int SIZE = 16;

    private final int images;
    private final int batchSize;
    private final int wrongFrom;
    private final AtomicInteger open = new AtomicInteger();

    Bright(int images, int batchSize) {
        this(images, batchSize, Integer.MAX_VALUE);
    }

    /// @param wrongFrom from this epoch on, dark ones are called 1 and bright ones 0
    Bright(int images, int batchSize, int wrongFrom) {
        this.images = images;
        this.batchSize = batchSize;
        this.wrongFrom = wrongFrom;
    }

    int open() {
        return open.get();
    }

    @Override
    public int images() {
        return images;
    }

    @Override
    public int steps() {
        return Math.ceilDiv(images, batchSize);
    }

    @Override
    public Batches epoch(int epoch, int from) {
        Random random = new Random(epoch);
        for (int skipped = 0; skipped < from; skipped++) {
            draw(batchSize, random).close();
        }
        return new Batches() {
            private int position = from;

            @Override
            public Optional<Batch> next() {
                int size = Math.min(batchSize, images - position * batchSize);
                if (size <= 0) {
                    return Optional.empty();
                }
                position++;
                return Optional.of(draw(size, random, epoch >= wrongFrom));
            }

            @Override
            public int images() {
                return images;
            }

            @Override
            public int position() {
                return position;
            }

            @Override
            public void close() {}
        };
    }

    Batch draw(int size, Random random) {
        return draw(size, random, false);
    }

    private Batch draw(int size, Random random, boolean wrong) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(size * SIZE * SIZE * 3);
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(2);
            for (int p = 0; p < SIZE * SIZE * 3; p++) {
                pixels.put((byte) (random.nextInt(200) + 40 * labels[i]));
            }
        }
        pixels.flip();
        open.incrementAndGet();
        return new Batch() {
            @Override
            public ByteBuffer pixels() {
                return pixels;
            }

            @Override
            public int[] labels() {
                return wrong ? IntStream.of(labels).map(label -> 1 - label).toArray() : labels;
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}

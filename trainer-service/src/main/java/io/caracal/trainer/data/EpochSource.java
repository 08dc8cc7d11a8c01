package io.caracal.trainer.data;

import io.caracal.imaging.Geometry;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.tensor.Copied;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Batches of a part of the images. Batch `k` of an epoch is made of the same images whatever is skipped: one that
/// cannot be decoded makes its batch smaller and moves no other image.
final class EpochSource implements BatchSource {
    private final DecodedImages images;
    private final LoadingThreads threads;
    private final BatchBuffers buffers;
    private final Part part;
    private final Geometry served;
    private final Batching batching;
    private final Optional<Shuffled> shuffled;

    /// Images of a data set by their numbers.
    ///
    /// @param first the first image's
    /// @param labels class indices of the images `first`, `first + 1`, ...
    record Part(int first, int[] labels) {
        int size() {
            return labels.length;
        }
    }

    EpochSource(
            DecodedImages images,
            LoadingThreads threads,
            BatchBuffers buffers,
            Part part,
            Geometry served,
            Batching batching,
            Optional<Shuffled> shuffled) {
        this.images = images;
        this.threads = threads;
        this.buffers = buffers;
        this.part = part;
        this.served = served;
        this.batching = batching;
        this.shuffled = shuffled;
    }

    @Override
    public Batches epoch(int epoch, int from) {
        int[] order = shuffled.map(s -> s.order(part.size(), epoch)).orElseGet(() -> inOrder(part.size()));
        var stopped = new AtomicBoolean();
        return new PrefetchedBatches(
                step -> submit(order, step, epoch, stopped),
                () -> stopped.set(true),
                () -> images.unusable(part.first(), part.first() + part.size(), shuffled.isPresent()),
                from,
                steps(),
                images(),
                batching.loading().prefetch());
    }

    private static int[] inOrder(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private Future<LoadedBatch> submit(int[] order, int step, int epoch, AtomicBoolean stopped) {
        ByteBuffer target = buffers.lend();
        return threads.submit(bench -> {
            try {
                return load(order, step, epoch, target, bench, stopped);
            } catch (RuntimeException | Error e) {
                buffers.giveBack(target);
                throw e;
            }
        });
    }

    private LoadedBatch load(
            int[] order, int step, int epoch, ByteBuffer target, Workbench bench, AtomicBoolean stopped) {
        int from = step * batching.size();
        int to = Math.min(from + batching.size(), order.length);
        int[] labels = new int[to - from];
        int loaded = 0;
        for (int place = from; place < to && !stopped.get(); place++) {
            int image = part.first() + order[place];
            Optional<ByteBuffer> pixels = images.pixels(image, bench);
            if (pixels.isPresent()) {
                write(pixels.get(), image, place, epoch, target, bench);
                labels[loaded++] = part.labels()[order[place]];
            }
        }
        target.flip();
        float ownShare = shuffled.isPresent() ? shuffled.get().mix(target, loaded, served, epoch, step) : 1;
        Optional<Copied> copied = loaded == 0 || stopped.get()
                ? Optional.empty()
                : batching.ahead().copy(target);
        return new LoadedBatch(buffers, target, Arrays.copyOf(labels, loaded), ownShare, copied);
    }

    private void write(ByteBuffer pixels, int image, int place, int epoch, ByteBuffer target, Workbench bench) {
        if (shuffled.isPresent()) {
            shuffled.get().write(pixels, images.geometry(), image, place, epoch, target, bench);
        } else {
            target.put(pixels);
        }
    }

    @Override
    public int images() {
        return part.size();
    }

    @Override
    public int steps() {
        return Math.ceilDiv(part.size(), batching.size());
    }
}

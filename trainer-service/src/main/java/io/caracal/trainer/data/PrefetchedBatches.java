package io.caracal.trainer.data;

import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.Batches;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// One pass over the data: a few batches are loaded ahead of the one that is in use, and come out in their order
/// whatever thread finishes first. One batch may be open at a time. For one consuming thread.
final class PrefetchedBatches implements Batches {
    private final IntFunction<Future<LoadedBatch>> loading;
    private final Runnable stopLoading;
    private final Supplier<Optional<DataException>> unusable;
    private final int from;
    private final int steps;
    private final int images;
    private final int prefetch;
    private final Deque<Future<LoadedBatch>> ahead = new ArrayDeque<>();
    private int submitted;
    private LoadedBatch inUse;
    private boolean closed;

    /// @param loading begins to load the batch with this index
    /// @param stopLoading makes batches that are still being loaded end early
    /// @param from index of the first batch
    /// @param unusable what is thrown at the end of a whole pass, if too many images were skipped
    PrefetchedBatches(
            IntFunction<Future<LoadedBatch>> loading,
            Runnable stopLoading,
            Supplier<Optional<DataException>> unusable,
            int from,
            int steps,
            int images,
            int prefetch) {
        this.loading = loading;
        this.stopLoading = stopLoading;
        this.unusable = unusable;
        this.from = from;
        this.steps = steps;
        submitted = from;
        this.images = images;
        this.prefetch = prefetch;
    }

    @Override
    public Optional<Batch> next() throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the batches are closed");
        }
        if (inUse != null && !inUse.isClosed()) {
            throw new IllegalStateException("the previous batch is still open");
        }
        submit();
        while (!ahead.isEmpty()) {
            LoadedBatch batch = finished(ahead.peek());
            ahead.remove();
            if (batch.size() > 0) {
                inUse = batch;
                submit();
                return Optional.of(batch);
            }
            // Every image of this batch is skipped.
            batch.close();
            submit();
        }
        if (from == 0) {
            unusable.get().ifPresent(failure -> {
                throw failure;
            });
        }
        return Optional.empty();
    }

    private void submit() {
        while (submitted < steps && ahead.size() < prefetch) {
            ahead.add(loading.apply(submitted++));
        }
    }

    private static LoadedBatch finished(Future<LoadedBatch> batch) throws InterruptedException {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public int images() {
        return images;
    }

    @Override
    public int position() {
        return submitted - ahead.size();
    }

    /// Waits for the batches that are being loaded, so that their buffers are back when this returns. A batch
    /// that is in use stays open: it is its user's.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopLoading.run();
        ahead.forEach(PrefetchedBatches::discard);
        ahead.clear();
    }

    private static void discard(Future<LoadedBatch> batch) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    batch.get().close();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    // Loading failed and gave its buffer back; nobody asked for this batch.
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.caracal.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/// The threads that load images beside the training, each with a [Workbench]. Owns both.
final class LoadingThreads implements AutoCloseable {
    private final ExecutorService executor;
    private final List<Workbench> benches;
    private final BlockingQueue<Workbench> idle;

    LoadingThreads(int threads, Supplier<Workbench> workbench) {
        this.benches = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                benches.add(workbench.get());
            }
        } catch (RuntimeException | Error e) {
            benches.forEach(Workbench::close); // not enough memory for all of them
            throw e;
        }
        this.idle = new ArrayBlockingQueue<>(threads, false, benches);
        this.executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("caracal-loader-", 0).factory());
    }

    /// Runs tasks in the order in which they were submitted, as many at a time as there are threads.
    <T> Future<T> submit(Function<Workbench, T> task) {
        return executor.submit(() -> {
            // There is a bench for each thread, so this never waits.
            Workbench bench = idle.remove();
            try {
                return task.apply(bench);
            } finally {
                idle.add(bench);
            }
        });
    }

    /// Waits for the tasks that were submitted.
    @Override
    public void close() {
        executor.close();
        benches.forEach(Workbench::close);
        benches.clear();
    }
}

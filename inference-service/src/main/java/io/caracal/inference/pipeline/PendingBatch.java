package io.caracal.inference.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Records on their way through the pipeline.
public final class PendingBatch {
    private final Polled polled;
    private final List<Future<List<Finished>>> runs;

    PendingBatch(Polled polled, List<Future<List<Finished>>> runs) {
        this.polled = polled;
        this.runs = List.copyOf(runs);
    }

    public Polled polled() {
        return polled;
    }

    public boolean isDone() {
        return runs.stream().allMatch(Future::isDone);
    }

    /// Waits for the outcomes: one per record, in the order in which the records were polled.
    ///
    /// @throws RuntimeException what made a run fail, for instance a model that does not run
    public List<Finished> await() throws InterruptedException {
        List<Finished> finished = new ArrayList<>(polled.records().size());
        for (Future<List<Finished>> run : runs) {
            try {
                finished.addAll(run.get());
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException failure -> throw failure;
                    case Error error -> throw error;
                    case Throwable other -> throw new IllegalStateException(other);
                }
            }
        }
        return finished;
    }

    /// Drops the work that has not begun.
    public void cancel() {
        runs.forEach(run -> run.cancel(false));
    }
}

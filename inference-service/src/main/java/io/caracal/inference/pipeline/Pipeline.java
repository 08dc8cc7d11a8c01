package io.caracal.inference.pipeline;

import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.model.ModelSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Images to outcomes on a bounded pool of threads. Owns the threads and their decoders; the model stays its slot's.
public final class Pipeline implements AutoCloseable {
    private final ModelSlot slot;
    private final PipelineSettings settings;
    private final InferenceMetrics metrics;
    private final StageClock clock;
    private final Workspaces workspaces;
    private final ExecutorService threads;

    public Pipeline(ModelSlot slot, PipelineSettings settings, InferenceMetrics metrics, StageClock clock) {
        this.slot = slot;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.workspaces = new Workspaces(settings.limits(), settings.scoreImages());
        this.threads = Executors.newFixedThreadPool(
                settings.threads(), Thread.ofPlatform().name("score-", 0).factory());
    }

    /// Starts work on these records and returns at once. Few records are spread over all threads rather than put into
    /// one run.
    public PendingBatch submit(Polled polled) {
        int count = polled.records().size();
        int perThread = (count + settings.threads() - 1) / settings.threads();
        int size = Math.clamp(perThread, 1, settings.scoreImages());
        List<Future<List<Finished>>> runs = new ArrayList<>();
        for (int from = 0; from < count; from += size) {
            Polled part = polled.part(from, Math.min(count, from + size));
            runs.add(threads.submit(() -> run(part)));
        }
        return new PendingBatch(polled, runs);
    }

    public StageClock clock() {
        return clock;
    }

    private List<Finished> run(Polled part) {
        try (ModelSlot.Lease lease = slot.lease()) {
            Workspace workspace = workspaces.take(lease.model().classifier().preprocessing());
            try {
                return new Run(lease.model(), workspace, clock, metrics, settings.topK()).of(part);
            } finally {
                workspaces.give(workspace);
            }
        }
    }

    /// Lets running work end, drops what has not begun, and frees the decoders.
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        workspaces.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

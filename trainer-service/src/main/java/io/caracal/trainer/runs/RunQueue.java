package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.Result;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.trainer.fit.Checkpoints;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The runs of this process: some wait, at most one is under way, the last ones that ended are remembered. They run
/// one after the other in the order in which they came, on a thread that the queue owns.
public final class RunQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunQueue.class.getName());
    private static final String STOPPED = "the trainer was stopped";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Work work;
    private final RunFolders folders;
    private final RunObserver observer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Limits limits;
    private final ThreadPoolExecutor executor;
    /// Waiting or under way; by id, so by time.
    private final TreeMap<String, Live> live = new TreeMap<>();
    private final TreeMap<String, TrainingEvent> ended = new TreeMap<>();
    private boolean closed;

    /// @param waiting runs that may wait
    /// @param remembered ended runs that are remembered
    public record Limits(int waiting, int remembered) {
        public static final Limits DEFAULTS = new Limits(16, 200);

        public Limits {
            if (waiting < 1 || remembered < 1) {
                throw new IllegalArgumentException("runs that may wait or are remembered are " + waiting + " and "
                        + remembered + ", allowed is 1 or more");
            }
        }
    }

    /// What a run does. Whatever it throws is the failure of that run and of no other.
    @FunctionalInterface
    public interface Work {
        /// @return empty if the listener cancelled it
        ///
        /// @param checkpoints of this run, to go on from and to leave
        Optional<Result> run(String id, RunPlan plan, Checkpoints checkpoints, RunListener listener) throws Exception;
    }

    private record Live(Run run, Runnable task) {}

    /// @param folders where runs are kept that can be resumed
    /// @param past last events of the runs of earlier processes; all of them have ended
    public RunQueue(
            Work work,
            RunFolders folders,
            RunObserver observer,
            List<TrainingEvent> past,
            Limits limits,
            InstantSource clock,
            RandomGenerator random) {
        this.work = work;
        this.folders = folders;
        this.observer = observer;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                Thread.ofPlatform().name("caracal-training").factory());
        past.forEach(event -> ended.put(event.run(), event));
        forgetOldest();
    }

    public synchronized Submission submit(RunPlan plan) {
        if (closed) {
            return new Submission.Full(0);
        }
        if (executor.getQueue().remainingCapacity() == 0) {
            return new Submission.Full(waiting());
        }
        var run = new Run(RunId.of(clock.instant(), random), plan.recipe().preset(), observer, clock);
        try {
            folders.keep(run.latest().run(), plan);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "run " + run.latest().run() + " cannot be resumed after a restart", e);
        }
        return new Submission.Accepted(enqueued(run, plan));
    }

    private TrainingEvent enqueued(Run run, RunPlan plan) {
        TrainingEvent queued = run.latest();
        Runnable task = () -> perform(run, plan);
        live.put(queued.run(), new Live(run, task));
        executor.execute(task);
        return queued;
    }

    /// Queues a run again that was interrupted, was cancelled or has failed. It goes on from its last checkpoint.
    ///
    /// @throws IOException if its plan cannot be read
    public synchronized Resumption resume(String id) throws IOException {
        Live current = live.get(id);
        if (current != null) {
            if (!current.run().ended()) {
                return new Resumption.Refused("run " + id + " has not ended");
            }
            // Its end has been told, and its thread is about to do this.
            retire(current.run());
        }
        TrainingEvent event = ended.get(id);
        if (event == null) {
            return new Resumption.Unknown();
        }
        if (event.state() == State.SUCCEEDED) {
            return new Resumption.Refused("run " + id + " has succeeded");
        }
        Optional<RunPlan> plan = folders.plan(id);
        if (plan.isEmpty()) {
            return new Resumption.Refused("the checkpoints of run " + id + " are not kept any more");
        }
        if (closed || executor.getQueue().remainingCapacity() == 0) {
            return new Resumption.Full(closed ? 0 : waiting());
        }
        ended.remove(id);
        return new Resumption.Accepted(enqueued(Run.resumed(event, observer, clock), plan.get()));
    }

    private void perform(Run run, RunPlan plan) {
        String id = run.latest().run();
        try {
            Optional<Result> result = Optional.empty();
            if (!run.cancelled()) {
                run.begin();
                folders.begin(id, clock.instant());
                result = work.run(id, plan, folders.checkpoints(id), run);
            }
            result.ifPresentOrElse(run::succeed, () -> endCancelled(run));
        } catch (InterruptedException e) {
            run.fail("interrupted");
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // An error too is the end of this run: whoever follows it waits for that.
            if (!Failure.isExpected(e)) {
                LOG.log(Level.ERROR, "run " + id + " failed", e);
            }
            run.fail(Failure.oneLine(e));
        } finally {
            retire(run);
        }
    }

    private synchronized void endCancelled(Run run) {
        if (closed) {
            run.interrupt(STOPPED);
        } else {
            run.endCancelled();
        }
    }

    /// Does nothing if that was done, even if the run has been resumed since.
    private synchronized void retire(Run run) {
        TrainingEvent last = run.latest();
        String id = last.run();
        Live gone = live.get(id);
        if (gone == null || gone.run() != run) {
            return;
        }
        live.remove(id);
        ended.put(id, last);
        forgetOldest();
        try {
            if (last.state() == State.SUCCEEDED) {
                folders.forget(id);
            }
            if (!closed) {
                // Of the runs that a stop interrupts, the oldest is the one that has come farthest.
                folders.forgetOldest(live.keySet());
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "old checkpoints cannot be deleted", e);
        }
    }

    private void forgetOldest() {
        while (ended.size() > limits.remembered()) {
            ended.pollFirstEntry();
        }
    }

    public synchronized Cancellation cancel(String id) {
        Live found = live.get(id);
        if (found == null) {
            TrainingEvent event = ended.get(id);
            return event == null ? new Cancellation.Unknown() : new Cancellation.EndedBefore(event);
        }
        found.run().cancel();
        if (executor.remove(found.task())) {
            endCancelled(found.run());
            retire(found.run());
        }
        return new Cancellation.Accepted(found.run().latest());
    }

    /// Newest first.
    public synchronized List<TrainingEvent> all() {
        Map<String, TrainingEvent> all = new TreeMap<>(ended);
        live.forEach((id, entry) -> all.put(id, entry.run().latest()));
        return new ArrayList<>(all.values()).reversed();
    }

    public synchronized Optional<TrainingEvent> find(String id) {
        Live found = live.get(id);
        return Optional.ofNullable(found == null ? ended.get(id) : found.run().latest());
    }

    /// Tells the follower where the run stands now and every change until it has ended, on the thread that changes it.
    ///
    /// @return stops following; empty if the run is not known
    public Optional<Runnable> follow(String id, Consumer<TrainingEvent> follower) {
        Optional<Run> run;
        synchronized (this) {
            run = Optional.ofNullable(live.get(id)).map(Live::run);
        }
        if (run.isPresent()) {
            run.get().follow(follower);
            return Optional.of(() -> run.get().unfollow(follower));
        }
        return find(id).map(event -> {
            follower.accept(event);
            return () -> {};
        });
    }

    /// How many wait.
    public int waiting() {
        return executor.getQueue().size();
    }

    /// How many are under way: 0 or 1.
    public int underWay() {
        return executor.getActiveCount();
    }

    /// Ends all runs as interrupted, the one that is under way after its current step, and waits for that.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            List.copyOf(live.keySet()).forEach(this::cancel);
            executor.shutdown();
        }
        try {
            if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "the training did not stop within {0}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

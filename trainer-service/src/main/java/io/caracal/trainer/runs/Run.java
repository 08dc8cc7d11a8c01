package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.Progress;
import io.caracal.contracts.TrainingEvent.Result;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.StepProgress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One run and where it stands. Safe for concurrent use; followers see its events in order.
final class Run implements RunListener {
    private final RunObserver observer;
    private final InstantSource clock;
    private final List<Consumer<TrainingEvent>> followers = new ArrayList<>();
    private TrainingEvent latest;
    private volatile boolean cancelled;

    Run(String id, String preset, RunObserver observer, InstantSource clock) {
        this(
                new TrainingEvent(
                        id,
                        State.QUEUED,
                        preset,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                observer,
                clock);
    }

    /// A run that goes on.
    ///
    /// @param ended its last event
    static Run resumed(TrainingEvent ended, RunObserver observer, InstantSource clock) {
        return new Run(
                new TrainingEvent(
                        ended.run(),
                        State.QUEUED,
                        ended.preset(),
                        clock.instant(),
                        ended.progress(),
                        Optional.empty(),
                        Optional.empty()),
                observer,
                clock);
    }

    private Run(TrainingEvent first, RunObserver observer, InstantSource clock) {
        this.observer = observer;
        this.clock = clock;
        this.latest = first;
        observer.changed(first);
    }

    synchronized TrainingEvent latest() {
        return latest;
    }

    static boolean ended(State state) {
        return switch (state) {
            case QUEUED, TRAINING, EXPORTING -> false;
            case SUCCEEDED, FAILED, CANCELLED, INTERRUPTED -> true;
        };
    }

    synchronized boolean ended() {
        return ended(latest.state());
    }

    /// Tells the follower the latest event now, and every later one until the run has ended.
    synchronized void follow(Consumer<TrainingEvent> follower) {
        follower.accept(latest);
        if (!ended()) {
            followers.add(follower);
        }
    }

    synchronized void unfollow(Consumer<TrainingEvent> follower) {
        followers.remove(follower);
    }

    /// Asks a run to end; one that is under way does so after its current step.
    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    void begin() {
        change(State.TRAINING, latest().progress(), Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized void step(StepProgress step) {
        progress(new Progress(
                step.epoch(),
                step.epochs(),
                step.step(),
                step.steps(),
                step.loss(),
                step.accuracy(),
                step.imagesPerSecond(),
                latest.progress().flatMap(Progress::validationAccuracy),
                Optional.of(step.secondsLeft())));
    }

    @Override
    public synchronized void epoch(EpochResult result) {
        latest.progress()
                .ifPresent(last -> progress(new Progress(
                        last.epoch(),
                        last.epochs(),
                        last.step(),
                        last.steps(),
                        result.training().loss(),
                        result.training().accuracy(),
                        result.imagesPerSecond(),
                        Optional.of(result.validation().accuracy()),
                        last.secondsLeft())));
    }

    private void progress(Progress progress) {
        change(State.TRAINING, Optional.of(progress), Optional.empty(), Optional.empty());
    }

    @Override
    public void exporting() {
        change(State.EXPORTING, latest().progress(), Optional.empty(), Optional.empty());
    }

    void succeed(Result result) {
        change(State.SUCCEEDED, latest().progress(), Optional.of(result), Optional.empty());
    }

    /// @param reason one line
    void fail(String reason) {
        change(State.FAILED, latest().progress(), Optional.empty(), Optional.of(reason));
    }

    /// @param reason one line
    void interrupt(String reason) {
        change(State.INTERRUPTED, latest().progress(), Optional.empty(), Optional.of(reason));
    }

    void endCancelled() {
        change(State.CANCELLED, latest().progress(), Optional.empty(), Optional.empty());
    }

    private synchronized void change(
            State state, Optional<Progress> progress, Optional<Result> result, Optional<String> failure) {
        latest = new TrainingEvent(latest.run(), state, latest.preset(), clock.instant(), progress, result, failure);
        observer.changed(latest);
        // A copy, because a follower may leave when it hears of the end.
        List.copyOf(followers).forEach(follower -> follower.accept(latest));
        if (ended(state)) {
            followers.clear();
        }
    }
}

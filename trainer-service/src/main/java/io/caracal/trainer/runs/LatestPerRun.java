package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Passes events on to something slow that may fail: one at a time, changes of state at once, progress now and then.
/// An event that cannot be sent is sent again until a newer one of its run takes its place, so that the last state of
/// every run arrives in the end. Never blocks.
final class LatestPerRun implements RunObserver, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LatestPerRun.class.getName());

    private final Function<TrainingEvent, CompletionStage<Void>> send;
    private final Duration progressEvery;
    private final Executor afterFailure;
    private final LinkedHashMap<String, TrainingEvent> pending = new LinkedHashMap<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private boolean sending;
    private boolean closed;

    private record Seen(State state, Instant time) {}

    /// @param send begins to send; completes when the event has arrived
    /// @param progressEvery how often a run that stays in its state is told of, by the events' times
    /// @param afterFailure runs what it is given a little later
    LatestPerRun(Function<TrainingEvent, CompletionStage<Void>> send, Duration progressEvery, Executor afterFailure) {
        this.send = send;
        this.progressEvery = progressEvery;
        this.afterFailure = afterFailure;
    }

    @Override
    public synchronized void changed(TrainingEvent event) {
        Seen last = seen.get(event.run());
        if (last != null
                && last.state() == event.state()
                && Duration.between(last.time(), event.time()).compareTo(progressEvery) < 0) {
            return;
        }
        if (Run.ended(event.state())) {
            seen.remove(event.run());
        } else {
            seen.put(event.run(), new Seen(event.state(), event.time()));
        }
        pending.put(event.run(), event);
        sendNext();
    }

    private synchronized void sendNext() {
        if (sending || closed || pending.isEmpty()) {
            return;
        }
        sending = true;
        TrainingEvent event = pending.pollFirstEntry().getValue();
        begin(event).whenComplete((sent, failure) -> {
            if (failure == null) {
                sent();
            } else {
                failed(event, failure);
            }
        });
    }

    private CompletionStage<Void> begin(TrainingEvent event) {
        try {
            return send.apply(event);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void sent() {
        sending = false;
        sendNext();
    }

    private synchronized void failed(TrainingEvent event, Throwable failure) {
        LOG.log(Level.WARNING, "state of run {0} not sent, it is sent again: {1}", event.run(), failure);
        pending.putIfAbsent(event.run(), event);
        afterFailure.execute(this::sent);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}

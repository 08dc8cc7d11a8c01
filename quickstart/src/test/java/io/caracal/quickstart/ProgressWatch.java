package io.caracal.quickstart;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/// A display that shows nothing, and does something once when a meter has come so far.
///
/// @param at how far
/// @param action runs on a thread of its own
record ProgressWatch(long at, Callable<Void> action, AtomicBoolean done) implements Display {

    ProgressWatch(long at, Callable<Void> action) {
        this(at, action, new AtomicBoolean());
    }

    @Override
    public void say(String line) {}

    @Override
    public Meter meter(String task, long total) {
        return new Meter() {
            @Override
            public void at(long now, String figures) {
                if (now >= at && done.compareAndSet(false, true)) {
                    Thread.ofVirtual().start(() -> {
                        try {
                            action.call();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
                }
            }

            @Override
            public void close() {}
        };
    }
}

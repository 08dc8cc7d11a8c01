package io.caracal.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// A line now and then: for logs, pipes and continuous integration.
///
/// @param nanoTime the clock
record PlainDisplay(PrintStream out, LongSupplier nanoTime) implements Display {
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public Meter meter(String task, long total) {
        return new Meter() {
            private long lastPrinted = nanoTime.getAsLong();
            private String unprinted = "";

            @Override
            public synchronized void at(long done, String figures) {
                unprinted = "%s %d/%d  %s".formatted(task, done, total, figures).stripTrailing();
                long now = nanoTime.getAsLong();
                if (now - lastPrinted >= INTERVAL) {
                    lastPrinted = now;
                    print();
                }
            }

            @Override
            public synchronized void close() {
                print();
            }

            private void print() {
                if (!unprinted.isEmpty()) {
                    out.println(unprinted);
                    unprinted = "";
                }
            }
        };
    }
}

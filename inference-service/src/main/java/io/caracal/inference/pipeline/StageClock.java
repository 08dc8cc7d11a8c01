package io.caracal.inference.pipeline;

import java.time.Instant;

/// The two clocks of the pipeline: what time it is, and how long something took.
public interface StageClock {
    Instant now();

    /// As [System#nanoTime].
    long nanos();

    static StageClock system() {
        return new StageClock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
    }
}

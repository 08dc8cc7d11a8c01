package io.caracal.trainer.fit;

import java.util.Optional;

/// One pass over the data. Closing it stops the loading threads, early if need be.
public interface Batches extends AutoCloseable {

    /// The next batch, which the caller closes; empty at the end.
    Optional<Batch> next() throws InterruptedException;

    /// Number of images of the whole pass.
    int images();

    /// How many batches of the pass lie behind: those that were given out and those of which no image can be used.
    int position();

    @Override
    void close();
}

package io.caracal.trainer.data;

import io.caracal.trainer.tensor.CopyAhead;

/// How images become batches.
///
/// @param size images of a batch
/// @param loading what that may cost
/// @param ahead copies each batch to where it is used
public record Batching(int size, Loading loading, CopyAhead ahead) {

    /// Batches that are read where they are.
    public Batching(int size, Loading loading) {
        this(size, loading, CopyAhead.NONE);
    }

    /// The same without copies.
    Batching onHost() {
        return new Batching(size, loading);
    }
}

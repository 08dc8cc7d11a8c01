package io.caracal.trainer.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Copies a batch to where it is trained on before the training asks for it. Safe for concurrent use.
@FunctionalInterface
public interface CopyAhead {

    /// For what is read where it is.
    CopyAhead NONE = _ -> Optional.empty();

    /// @param pixels direct buffer, from its position to its limit; it must not change before the result is closed
    Optional<Copied> copy(ByteBuffer pixels);
}

package io.caracal.trainer.fit;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where a run keeps what it needs to go on after a crash, and how often.
///
/// @param folder of this run alone; made if it is not there
/// @param everySteps steps of the optimizer between two checkpoints, which is also what a crash loses at most;
///     0 for a checkpoint at the end of each epoch alone. Epochs end with one in any case
public record Checkpoints(Path folder, int everySteps) {
    public Checkpoints {
        if (everySteps < 0) {
            throw new IllegalArgumentException(
                    "checkpoint-steps is " + everySteps + ", allowed is 0 (after each epoch) or more");
        }
    }

    /// Whether there is one to go on from.
    public boolean isResumed() {
        return Files.exists(latest(folder));
    }

    /// The file to go on from, if it is there.
    public static Path latest(Path folder) {
        return folder.resolve("checkpoint.safetensors");
    }
}

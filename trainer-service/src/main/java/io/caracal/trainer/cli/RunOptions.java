package io.caracal.trainer.cli;

import io.caracal.scoring.Device;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.tensor.Compute;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a training runs and what it leaves to go on from, on the command line.
final class RunOptions {
    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Folder for a checkpoint after each epoch; a run of the same recipe goes on from it.")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(
            names = "--checkpoint-steps",
            defaultValue = "0",
            paramLabel = "N",
            description = "Steps between two checkpoints within an epoch, 0 for none. Default: ${DEFAULT-VALUE}.")
    private int checkpointSteps;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "auto|cpu|cuda",
            description = "Default: ${DEFAULT-VALUE}.")
    private Device device;

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = "Threads that compute, 0 for one per core. Default: ${DEFAULT-VALUE}.")
    private int threads;

    /// @throws IllegalArgumentException in one line, if the folder cannot be one
    Optional<Checkpoints> checkpoints() {
        checkpoint.ifPresent(WrittenFile::requireFolder);
        return checkpoint.map(folder -> new Checkpoints(folder, checkpointSteps));
    }

    Compute openCompute() {
        return Compute.open(device, threads);
    }
}

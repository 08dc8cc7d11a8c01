package io.caracal.trainer;

import io.caracal.scoring.Device;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.runs.DataRoots;
import io.caracal.trainer.runs.RunFolders;
import io.caracal.trainer.runs.RunQueue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What was configured, as values that cannot be wrong: one per feature.
///
/// @param store folder of the model store
/// @param threads that compute; 0 for one per core
/// @param revision of this program, if whoever started it knows
public record Settings(
        Path store,
        DataRoots dataRoots,
        Device device,
        int threads,
        Loading loading,
        RunQueue.Limits runs,
        RunFolders.Limits resumable,
        Optional<String> revision) {
    private static final String PREFIX = "caracal.trainer.";

    public Settings {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    PREFIX + "threads is " + threads + ", allowed is 0 (one per core) or more");
        }
    }

    /// @throws IllegalArgumentException naming the setting, what was given and what is allowed
    static Settings of(TrainerConfig config, Optional<String> revision) {
        return new Settings(
                path("store", config.store()),
                new DataRoots(config.dataRoots().orElse(List.of()).stream()
                        .map(root -> path("data-roots", root))
                        .toList()),
                config.device(),
                config.threads(),
                prefixed(() -> new Loading(
                        config.loadingThreads(),
                        config.cacheBytes(),
                        config.cacheFolder()
                                .map(folder -> path("cache-folder", folder))
                                .orElse(Loading.DEFAULTS.cacheFolder()),
                        config.prefetch())),
                prefixed(() -> new RunQueue.Limits(
                        config.runs().waiting(), config.runs().remembered())),
                prefixed(() -> new RunFolders.Limits(
                        config.runs().checkpointSteps(), config.runs().resumable())),
                revision);
    }

    /// The records know their fields but not where they are set.
    private static <T> T prefixed(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + e.getMessage(), e);
        }
    }

    private static Path path(String setting, String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is " + given + ", allowed is a path (" + e.getReason() + ")", e);
        }
    }
}

package io.caracal.trainer;

import io.caracal.scoring.Device;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// What a deployment can set, as the environment variables `CARACAL_TRAINER_*`. The records that [Settings] makes of it
/// say what each means.
@ConfigMapping(prefix = "caracal.trainer")
public interface TrainerConfig {
    /// The folder of the model store.
    @WithDefault("model-store")
    String store();

    /// Folders and files that runs may read; any when not given.
    Optional<List<String>> dataRoots();

    @WithDefault("auto")
    Device device();

    /// Threads that compute; 0 for one per core.
    @WithDefault("0")
    int threads();

    @WithDefault("2")
    int loadingThreads();

    @WithDefault("4294967296")
    long cacheBytes();

    /// The system's folder for temporary files when not given.
    Optional<String> cacheFolder();

    @WithDefault("4")
    int prefetch();

    Runs runs();

    interface Runs {
        @WithDefault("16")
        int waiting();

        @WithDefault("200")
        int remembered();

        @WithDefault("100")
        int checkpointSteps();

        @WithDefault("8")
        int resumable();
    }
}
